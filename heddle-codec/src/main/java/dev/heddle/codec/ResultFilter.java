package dev.heddle.codec;

import java.io.ObjectInputFilter;
import org.jspecify.annotations.Nullable;

/** Watches over the reading of one result, and remembers what was refused. Not thread-safe. */
final class ResultFilter implements ObjectInputFilter {
  private static final long SLACK = 4096;
  private static final long NANOS_PER_BYTE = 1_000; // some hundred times what ordinary objects take
  private static final int MOST_PATIENCE = 30; // for large ones, times that for a small one

  private final AllowList allowed;
  private final DecodeLimits limits;
  private final long deadline;
  private long mostPlaces;
  private long places;
  private @Nullable Class<?> refusedClass;
  private @Nullable String exceeded;

  /**
   * A filter.
   *
   * @param length the bytes of the message; an array cannot have many more places than that, and hash tables a few times
   * more
   */
  ResultFilter(AllowList allowed, DecodeLimits limits, int length) {
    this.allowed = allowed;
    this.limits = limits;
    this.mostPlaces = SLACK + 4L * length;
    long patience = limits.patience().toNanos();
    this.deadline = System.nanoTime() + patience + Math.min(NANOS_PER_BYTE * length, MOST_PATIENCE * patience);
  }

  /** Allows for arrays that do not stand in the message: the JDK shows those to its filter too. */
  void expect(long bytes) {
    mostPlaces += bytes;
  }

  /** The class that was refused; null if none was. */
  @Nullable
  Class<?> refusedClass() {
    return refusedClass;
  }

  /** The limit that was exceeded; null if none was. */
  @Nullable
  String exceeded() {
    return exceeded;
  }

  @Override
  public Status checkInput(FilterInfo info) {
    Class<?> type = info.serialClass();
    if (info.depth() > limits.maxDepth()) {
      exceeded = "objects refer to each other more than " + limits.maxDepth() + " deep";
      return Status.REJECTED;
    }
    if (info.references() > limits.maxReferences()) {
      exceeded = "there are more than " + limits.maxReferences() + " objects";
      return Status.REJECTED;
    }
    if (System.nanoTime() - deadline > 0) { // such as for the keys of a map that all have one hash code
      exceeded = "reading its objects takes longer than " + limits.patience().toMillis()
          + " ms and 1 ms for each of its KB (at the most " + MOST_PATIENCE + " times as long)";
      return Status.REJECTED;
    }
    if (info.arrayLength() >= 0) {
      ArrayKind kind = type == null ? null : ArrayKind.of(type);
      places += info.arrayLength() * (kind == null ? 1 : kind.bytes());
      if (places > mostPlaces) {
        exceeded = "arrays claim to hold " + places + " values, more than the message can";
        return Status.REJECTED;
      }
    }
    if (type == null) {
      return Status.UNDECIDED;
    }
    while (type.isArray()) {
      type = type.componentType();
    }
    if (allowed.allows(type)) {
      return Status.ALLOWED;
    }
    refusedClass = type;
    return Status.REJECTED;
  }
}
