package dev.heddle.iter.stages;

import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Running results of a function of two arguments.
 *
 * <p>Its methods are written by hand for the case {@code accumulate} of {@code ./heddle bench itertools}.
 */
public final class AccumulateStage<T extends @Nullable Object, R extends @Nullable Object> extends Stage<T, R> {
  private final BiFunction<? super R, ? super T, ? extends R> fn;

  /** {@link #NEED} before the first element. */
  private @Nullable Object total;

  private boolean initialPending;

  /** Starts with the first element. */
  public static <T extends @Nullable Object> AccumulateStage<T, T> of(
      Pull<? extends T> up, BiFunction<? super T, ? super T, ? extends T> fn) {
    return new AccumulateStage<>(up, fn, NEED);
  }

  /** Hands out an initial value first. */
  public static <T extends @Nullable Object, R extends @Nullable Object> AccumulateStage<T, R> from(
      Pull<? extends T> up, BiFunction<? super R, ? super T, ? extends R> fn, R initial) {
    return new AccumulateStage<>(up, fn, initial);
  }

  private AccumulateStage(
      Pull<? extends T> up, BiFunction<? super R, ? super T, ? extends R> fn, @Nullable Object initial) {
    super(up);
    this.fn = fn;
    this.total = initial;
    this.initialPending = initial != NEED;
  }

  @Override
  public boolean hasNext() {
    if (!isDirect()) {
      return super.hasNext();
    }
    if (initialPending || upHasNext()) {
      return true;
    }
    total = NEED; // at the end the last result is kept no longer
    return false;
  }

  @Override
  public R next() {
    return isDirect() && !initialPending ? add(up.next()) : super.next();
  }

  @Override
  protected @Nullable Object ready() {
    if (initialPending) {
      initialPending = false;
      return total;
    }
    return NEED;
  }

  @Override
  protected @Nullable Object offer(T input) {
    return add(input);
  }

  @Override
  protected @Nullable Object produce(int budget) {
    if (budget <= 0) {
      return drive(this);
    }
    if (initialPending) {
      return ready();
    }
    Object input = up.advance(budget - 1);
    return input == END ? ended() : add(cast(input));
  }

  @Override
  protected @Nullable Object ended() {
    total = NEED;
    return END;
  }

  @Override
  protected void release(Closing closing) {
    total = NEED;
    super.release(closing);
  }

  private R add(T input) {
    R sum = total == NEED ? Pull.<R>cast(input) : fn.apply(cast(total), input);
    total = sum;
    return sum;
  }
}
