package dev.heddle.iter.stages;

import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The last elements of the upstream, known when it has ended. */
public final class TailStage<T extends @Nullable Object> extends Stage<T, T> {
  private @Nullable Object[] ring = new @Nullable Object[16];
  private final int size;
  private long seen;
  private long handedOut;

  public TailStage(Pull<? extends T> up, int size) {
    super(up);
    this.size = size;
  }

  @Override
  protected @Nullable Object offer(T input) {
    if (seen == ring.length && ring.length < size) {
      ring = Arrays.copyOf(ring, (int) Math.min(size, 2L * ring.length));
    }
    if (size > 0) {
      ring[(int) (seen % Math.min(size, ring.length))] = input;
    }
    seen++;
    return NEED;
  }

  @Override
  protected @Nullable Object ended() {
    int capacity = Math.min(size, ring.length);
    long position = Math.max(0, seen - capacity) + handedOut;
    if (position >= seen) {
      return END;
    }
    handedOut++;
    int index = (int) (position % capacity);
    Object element = ring[index];
    ring[index] = null;
    return element;
  }

  @Override
  protected void release(Closing closing) {
    Arrays.fill(ring, null);
    super.release(closing);
  }
}
