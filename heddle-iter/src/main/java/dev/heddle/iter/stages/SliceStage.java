package dev.heddle.iter.stages;

import dev.heddle.base.Check;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Every step-th element from start up to, but not including, stop.
 *
 * <p>It takes from upstream exactly what CPython's {@code islice} takes: nothing beyond {@code stop}, and, when asked
 * after the last element it hands out, the rest of the elements before {@code stop}.
 *
 * <p>Its methods are written by hand for the case {@code islice} of {@code ./heddle bench itertools}.
 */
public final class SliceStage<T extends @Nullable Object> extends Stage<T, T> {
  private final long stop;
  private final long step;
  private long taken;
  private long wanted;

  public SliceStage(Pull<? extends T> up, long start, long stop, long step) {
    super(up);
    this.wanted = start;
    this.stop = stop;
    this.step = step;
  }

  /** Creates a stage; the bounds are checked. */
  public static <T extends @Nullable Object> SliceStage<T> of(Pull<? extends T> up, long start, long stop, long step) {
    Check.notNegative(start, "start", "an iterator cannot be read from its end; use Recipes.tail(n, source)");
    Check.positive(step, "step", "an iterator cannot be read backwards or stand still");
    if (stop < start) {
      throw new IllegalArgumentException(
          "stop must not be less than start = " + start + ", but was " + stop + "; use Long.MAX_VALUE for no bound");
    }
    return new SliceStage<>(up, start, stop, step);
  }

  @Override
  public boolean hasNext() {
    if (!isDirect()) {
      return super.hasNext();
    }
    while (taken < wanted && taken < stop && upHasNext()) {
      up.next();
      taken++;
    }
    if (taken >= stop) {
      slot = END;
      return false;
    }
    return upHasNext();
  }

  @Override
  public T next() {
    if (taken < wanted || taken >= stop || !isDirect()) {
      return super.next();
    }
    T input = up.next();
    take();
    return input;
  }

  private void take() {
    taken++;
    wanted = step > stop - wanted ? stop : wanted + step;
  }

  @Override
  protected @Nullable Object ready() {
    return taken >= stop ? END : NEED;
  }

  @Override
  protected @Nullable Object offer(T input) {
    if (taken < wanted) {
      taken++;
      return ready();
    }
    take();
    return input;
  }

  @Override
  protected @Nullable Object produce(int budget) {
    if (budget <= 0) {
      return drive(this);
    }
    while (taken < stop) {
      Object input = up.advance(budget - 1);
      if (input == END) {
        return END;
      }
      if (taken >= wanted) {
        take();
        return input;
      }
      taken++;
    }
    return END;
  }
}
