package dev.heddle.iter;

import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;

/** Running results over doubles: unboxed when asked for doubles, and a stage as any other in a pipeline of objects. */
final class DoubleAccumulate extends Stage<Double, Double> implements DoubleIter {
  private final DoubleIter source;
  private final DoubleBinaryOperator op;

  /** How many of these stand one on the other: too many must not call each other on the thread's stack. */
  private final int depth;

  private double total;
  private boolean initialPending;
  private boolean started;

  @SuppressWarnings("unchecked") // every DoubleIter is made here and is a Pull
  DoubleAccumulate(DoubleIter source, DoubleBinaryOperator op, double initial, boolean hasInitial) {
    super((Pull<Double>) source);
    this.source = source;
    this.op = op;
    this.total = initial;
    this.initialPending = hasInitial;
    this.started = hasInitial;
    this.depth = source instanceof DoubleAccumulate inner ? inner.depth + 1 : 0;
  }

  /** Whether the next element can be had without a box and without looking ahead. */
  private boolean direct() {
    return ahead() == NEED && depth < BUDGET;
  }

  @Override
  public boolean hasNext() {
    return direct() ? initialPending || source.hasNext() : super.hasNext();
  }

  @Override
  public double nextDouble() {
    if (!direct()) {
      return super.next();
    }
    if (initialPending) {
      initialPending = false;
      return total;
    }
    return add(source.nextDouble());
  }

  @Override
  public Double next() {
    return nextDouble();
  }

  @Override
  @Nullable Object ready() {
    if (initialPending) {
      initialPending = false;
      return total;
    }
    return NEED;
  }

  @Override
  @Nullable Object offer(Double input) {
    return add(input);
  }

  private double add(double input) {
    total = started ? op.applyAsDouble(total, input) : input;
    started = true;
    return total;
  }
}
