package dev.heddle.iter;

import org.jspecify.annotations.Nullable;

/** The last elements of the upstream, known when it has ended. */
final class TailStage<T extends @Nullable Object> extends Stage<T, T> {
  private @Nullable Object[] ring = new @Nullable Object[16];
  private final int size;
  private long seen;
  private long handedOut;

  TailStage(Pull<? extends T> up, int size) {
    super(up);
    this.size = size;
  }

  @Override
  @Nullable
  Object offer(T input) {
    if (seen == ring.length && ring.length < size) {
      ring = java.util.Arrays.copyOf(ring, (int) Math.min(size, 2L * ring.length));
    }
    if (size > 0) {
      ring[(int) (seen % Math.min(size, ring.length))] = input;
    }
    seen++;
    return NEED;
  }

  @Override
  @Nullable
  Object ended() {
    int capacity = Math.min(size, ring.length);
    long position = Math.max(0, seen - capacity) + handedOut;
    if (position >= seen) {
      return END;
    }
    handedOut++;
    return ring[(int) (position % capacity)];
  }
}
