package dev.heddle.iter;

import org.jspecify.annotations.Nullable;

/**
 * Every step-th element from start up to, but not including, stop.
 *
 * <p>It takes from upstream exactly what CPython's {@code islice} takes: nothing beyond {@code stop}, and, when asked
 * after the last element it hands out, the rest of the elements before {@code stop}.
 */
final class SliceStage<T extends @Nullable Object> extends Stage<T, T> {
  private final long stop;
  private final long step;
  private long taken;
  private long wanted;

  SliceStage(Pull<? extends T> up, long start, long stop, long step) {
    super(up);
    this.wanted = start;
    this.stop = stop;
    this.step = step;
  }

  @Override
  @Nullable Object ready() {
    return taken >= stop ? END : NEED;
  }

  @Override
  @Nullable Object offer(T input) {
    if (taken++ < wanted) {
      return ready();
    }
    wanted = step > stop - wanted ? stop : wanted + step;
    return input;
  }
}
