package dev.heddle.iter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of n consecutive elements, each beginning one element later than the last. */
final class WindowStage<T extends @Nullable Object> extends Stage<T, List<T>> {
  private final @Nullable Object[] window;
  private int filled;

  WindowStage(Pull<? extends T> up, int size) {
    super(up);
    this.window = new @Nullable Object[size];
  }

  @Override
  @Nullable Object offer(T input) {
    if (filled == window.length) {
      System.arraycopy(window, 1, window, 0, filled - 1);
      window[filled - 1] = input;
    } else {
      window[filled++] = input;
    }
    return filled == window.length ? Row.<T>copyOf(window) : NEED;
  }
}
