package dev.heddle.iter.sources;

import dev.heddle.iter.DoubleIter;
import dev.heddle.iter.pull.Pull;
import org.jspecify.annotations.Nullable;

/** The doubles from start in steps, without an end; each is the one before plus the step, as in CPython. */
public final class DoubleCount extends Pull<Double> implements DoubleIter {
  private final double step;
  private double next;

  public DoubleCount(double start, double step) {
    this.next = start;
    this.step = step;
  }

  @Override
  public boolean hasNext() {
    if (isClosed()) {
      throw closedEarly();
    }
    return true;
  }

  @Override
  public double nextDouble() {
    if (isClosed()) {
      throw exhausted();
    }
    double value = next;
    next = value + step;
    return value;
  }

  @Override
  public Double next() {
    return nextDouble();
  }

  @Override
  public @Nullable Object advance(int budget) {
    return nextDouble();
  }

  @Override
  protected boolean hasEnded() {
    return false;
  }

  @Override
  public boolean spent() {
    return true;
  }
}
