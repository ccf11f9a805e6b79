package dev.heddle.iter.stages;

import dev.heddle.iter.Pair;
import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Each element with its successor; none when there is only one element.
 *
 * <p>Its methods are written by hand for the case {@code pairwise} of {@code ./heddle bench itertools}.
 */
public final class PairwiseStage<T extends @Nullable Object> extends Stage<T, Pair<T, T>> {

  /** The two elements read last; {@link #NEED} for one that was not read yet. */
  private @Nullable Object previous = NEED;

  private @Nullable Object latest = NEED;

  public PairwiseStage(Pull<? extends T> up) {
    super(up);
  }

  /** Reads all elements by one call: one of its own for the first would be rare, and then the upstream a real object. */
  @Override
  public boolean hasNext() {
    if (!isDirect()) {
      return super.hasNext();
    }
    while (latest == NEED) {
      Object input = up.advance(BUDGET - 1);
      if (input == END) {
        previous = NEED;
        slot = END;
        return false;
      }
      take(input);
    }
    if (ahead() != END) {
      return true;
    }
    if (cut) { // it was closed from within
      throw closedEarly();
    }
    return false;
  }

  @Override
  public Pair<T, T> next() {
    return isDirect() && latest != NEED ? pair() : super.next();
  }

  private void take(@Nullable Object input) {
    if (previous == NEED) {
      previous = input;
    } else {
      latest = input;
    }
  }

  private Pair<T, T> pair() {
    Pair<T, T> pair = new Pair<>(cast(previous), cast(latest));
    previous = latest;
    latest = NEED;
    return pair;
  }

  @Override
  protected @Nullable Object ready() {
    return latest == NEED ? NEED : pair();
  }

  @Override
  protected @Nullable Object offer(T input) {
    take(input);
    return ready();
  }

  @Override
  protected @Nullable Object produce(int budget) {
    if (budget <= 0) {
      return drive(this);
    }
    Object value = ready();
    while (value == NEED) {
      Object input = up.advance(budget - 1);
      value = input == END ? ended() : offer(cast(input));
    }
    return value;
  }

  @Override
  protected @Nullable Object ended() {
    previous = NEED; // the last element is kept no longer
    return END;
  }

  @Override
  protected void release(Closing closing) {
    previous = NEED;
    latest = NEED;
    super.release(closing);
  }
}
