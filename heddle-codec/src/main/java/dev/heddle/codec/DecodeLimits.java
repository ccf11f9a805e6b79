package dev.heddle.codec;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The limits of what the parent accepts from a worker.
 *
 * @param maxDepth the maximal depth of references between objects, at least 1
 * @param maxReferences the maximal number of objects of one result, at least 1
 * @param maxBytes the maximal number of bytes of one result's arrays in shared memory, at least 0
 * @param patience the time in which one result's objects must be read, longer than zero; one second more for each MiB of it,
 *     up to thirty times as long. It is checked before each object: user code and {@code hashCode} between two of them are
 *     not cut short
 * @param allowed tests the names of classes that are accepted in addition to the default ones
 */
public record DecodeLimits(int maxDepth, long maxReferences, long maxBytes, Duration patience, Predicate<String> allowed) {

  /** Depth 500, 100 million references, half the heap in shared memory, ten seconds, no further classes. */
  public static final DecodeLimits DEFAULT = new DecodeLimits(500, 100_000_000, Runtime.getRuntime().maxMemory() / 2,
      Duration.ofSeconds(10), name -> false);

  /** Checks the values. */
  public DecodeLimits {
    atLeast(1, maxDepth, "maxDepth");
    atLeast(1, maxReferences, "maxReferences");
    atLeast(0, maxBytes, "maxBytes");
    Objects.requireNonNull(patience, "patience must not be null");
    atLeast(1, patience.toNanos(), "patience in nanoseconds");
    Objects.requireNonNull(allowed, "allowed must not be null; name -> false allows no further class");
  }

  private static void atLeast(long least, long value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", but was " + value);
    }
  }

  /** Returns these limits with other classes allowed. */
  public DecodeLimits withAllowed(Predicate<String> classNames) {
    return new DecodeLimits(maxDepth, maxReferences, maxBytes, patience, classNames);
  }

  /** Returns these limits with another time for one result's objects. */
  public DecodeLimits withPatience(Duration time) {
    return new DecodeLimits(maxDepth, maxReferences, maxBytes, time, allowed);
  }
}
