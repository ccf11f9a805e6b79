package dev.heddle.iter.stages;

import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Row;
import dev.heddle.iter.pull.Stage;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of n consecutive elements, each beginning one element later than the last. */
public final class WindowStage<T extends @Nullable Object> extends Stage<T, List<T>> {
  private final int size;

  /** Grows with what it holds: a window may be wider than its source, and than memory. */
  private @Nullable Object[] window;

  private int filled;

  public WindowStage(Pull<? extends T> up, int size) {
    super(up);
    this.size = size;
    this.window = new @Nullable Object[Math.min(size, 16)];
  }

  @Override
  protected @Nullable Object offer(T input) {
    if (filled == window.length) {
      window = Arrays.copyOf(window, (int) Math.min(size, 2L * filled));
    }
    window[filled++] = input;
    if (filled < size) {
      return NEED;
    }
    Row<T> row = Row.copyOf(window);
    filled--; // the first element is in no further window
    System.arraycopy(window, 1, window, 0, filled);
    window[filled] = null;
    return row;
  }

  @Override
  protected @Nullable Object ended() {
    Arrays.fill(window, null);
    return END;
  }

  @Override
  protected void release(Closing closing) {
    Arrays.fill(window, null);
    super.release(closing);
  }
}
