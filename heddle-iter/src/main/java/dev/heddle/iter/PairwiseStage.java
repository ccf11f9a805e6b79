package dev.heddle.iter;

import org.jspecify.annotations.Nullable;

/** Each element with its successor; none when there is only one element. */
final class PairwiseStage<T extends @Nullable Object> extends Stage<T, Pair<T, T>> {
  private @Nullable Object previous = NEED;

  PairwiseStage(Pull<? extends T> up) {
    super(up);
  }

  @Override
  @Nullable Object offer(T input) {
    Object before = previous;
    previous = input;
    return before == NEED ? NEED : new Pair<T, T>(cast(before), input);
  }
}
