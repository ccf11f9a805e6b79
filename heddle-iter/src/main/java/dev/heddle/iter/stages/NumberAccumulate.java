package dev.heddle.iter.stages;

import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Running results over numbers: what those over ints, longs and doubles have in common, which is all but the numbers.
 *
 * <p>{@code hasNext} is written by hand for the case {@code accumulateAsInt} of {@code ./heddle bench itertools}.
 *
 * @param <N> the box of the numbers, for a pipeline of objects
 */
public abstract class NumberAccumulate<N> extends Stage<N, N> {
  private boolean initialPending;
  private boolean started;

  public NumberAccumulate(Pull<N> source, boolean hasInitial) {
    super(source);
    this.initialPending = hasInitial;
    this.started = hasInitial;
  }

  /** The last result. */
  abstract N total();

  /** Whether there is a last result; from now on there is one. */
  final boolean start() {
    boolean before = started;
    started = true;
    return before;
  }

  /** Whether the initial value is what comes next; it is taken then. */
  final boolean takeInitial() {
    boolean pending = initialPending;
    initialPending = false;
    return pending;
  }

  @Override
  public final boolean hasNext() {
    return isDirect() ? initialPending || upHasNext() : super.hasNext();
  }

  @Override
  protected final @Nullable Object ready() {
    return takeInitial() ? total() : NEED;
  }
}
