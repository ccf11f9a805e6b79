package dev.heddle.iter.sources;

import dev.heddle.iter.pull.Lookahead;
import org.jspecify.annotations.Nullable;

/** The prime factors of a number, found by trial division. */
public final class FactorIter extends Lookahead<Long> {
  private long rest;
  private long divisor = 2;

  public FactorIter(long number) {
    this.rest = number;
  }

  @Override
  protected @Nullable Object produce(int budget) {
    if (rest == 1) {
      return END;
    }
    while (divisor <= rest / divisor) {
      if (rest % divisor == 0) {
        rest /= divisor;
        return divisor;
      }
      divisor += divisor == 2 ? 1 : 2;
    }
    long last = rest;
    rest = 1;
    return last;
  }
}
