package dev.heddle.codec;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * What the parent accepts from a worker.
 *
 * @param maxDepth how deep objects may refer to each other, at least 1
 * @param maxReferences how many objects one result may have, at least 1
 * @param maxBytes how many bytes of arrays one result may have in shared memory, at least 0
 * @param patience how long the reading of one result's objects may take, longer than zero; one second more is granted for each
 *     MiB of it, but no more than thirty times as long. It is asked before each object: what happens between two of them cannot be
 *     cut short, neither user code nor the {@code hashCode} of a set of sets that a hostile worker has made to take for ever
 * @param allowed the names of classes that are accepted in addition to those accepted anyway (see {@link AllowList})
 */
public record DecodeLimits(int maxDepth, long maxReferences, long maxBytes, Duration patience, Predicate<String> allowed) {

  /** Depth 500, 100 million references, half the heap in shared memory, ten seconds, no further classes. */
  public static final DecodeLimits DEFAULT = new DecodeLimits(500, 100_000_000, Runtime.getRuntime().maxMemory() / 2,
      Duration.ofSeconds(10), name -> false);

  /** Limits; the values are checked. */
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

  /** The same limits with other classes allowed. */
  public DecodeLimits withAllowed(Predicate<String> classNames) {
    return new DecodeLimits(maxDepth, maxReferences, maxBytes, patience, classNames);
  }

  /** The same limits with another time for one result's objects. */
  public DecodeLimits withPatience(Duration time) {
    return new DecodeLimits(maxDepth, maxReferences, maxBytes, time, allowed);
  }
}
