package dev.heddle.iter;

import org.jspecify.annotations.Nullable;

/** Each element with its successor; none when there is only one element. */
final class PairwiseStage<T extends @Nullable Object> extends Stage<T, Pair<T, T>> {
  private @Nullable Object previous = NEED;

  PairwiseStage(Pull<? extends T> up) {
    super(up);
  }

  @Override
  public boolean hasNext() {
    if (!isDirect()) {
      return super.hasNext();
    }
    if (previous == NEED && up.hasNext()) {
      previous = up.next();
    }
    return upHasNext();
  }

  @Override
  public Pair<T, T> next() {
    return isDirect() && previous != NEED ? follow(up.next()) : super.next();
  }

  @Override
  @Nullable Object offer(T input) {
    if (previous == NEED) {
      previous = input;
      return NEED;
    }
    return follow(input);
  }

  private Pair<T, T> follow(T input) {
    Pair<T, T> pair = new Pair<>(cast(previous), input);
    previous = input;
    return pair;
  }

  @Override
  @Nullable Object produce(int budget) {
    if (budget <= 0) {
      return drive(this);
    }
    Object value = NEED;
    while (value == NEED) {
      Object input = up.advance(budget - 1);
      value = input == END ? END : offer(cast(input));
    }
    return value;
  }
}
