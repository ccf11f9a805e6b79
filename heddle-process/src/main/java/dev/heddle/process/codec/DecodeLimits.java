package dev.heddle.process.codec;

import java.util.Objects;
import java.util.function.Predicate;

/**
 * What the parent accepts from a worker.
 *
 * @param maxDepth how deep objects may refer to each other, at least 1
 * @param maxReferences how many objects one result may have, at least 1
 * @param maxBytes how many bytes of arrays one result may have in shared memory, at least 0
 * @param allowed the names of classes that are accepted in addition to those accepted anyway (see {@link AllowList})
 */
public record DecodeLimits(int maxDepth, long maxReferences, long maxBytes, Predicate<String> allowed) {

  /** Depth 500, 100 million references, half the heap in shared memory, no further classes. */
  public static final DecodeLimits DEFAULT =
      new DecodeLimits(500, 100_000_000, Runtime.getRuntime().maxMemory() / 2, name -> false);

  /** Limits; the values are checked. */
  public DecodeLimits {
    atLeast(1, maxDepth, "maxDepth");
    atLeast(1, maxReferences, "maxReferences");
    atLeast(0, maxBytes, "maxBytes");
    Objects.requireNonNull(allowed, "allowed must not be null; name -> false allows no further class");
  }

  private static void atLeast(long least, long value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", but was " + value);
    }
  }

  /** The same limits with other classes allowed. */
  public DecodeLimits withAllowed(Predicate<String> classNames) {
    return new DecodeLimits(maxDepth, maxReferences, maxBytes, classNames);
  }
}
