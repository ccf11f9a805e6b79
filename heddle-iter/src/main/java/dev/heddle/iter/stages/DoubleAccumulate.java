package dev.heddle.iter.stages;

import dev.heddle.iter.DoubleIter;
import dev.heddle.iter.pull.Pull;
import java.util.function.DoubleBinaryOperator;

/** Running results over doubles: unboxed when asked for doubles, and a stage as any other in a pipeline of objects. */
public final class DoubleAccumulate extends NumberAccumulate<Double> implements DoubleIter {
  private final DoubleIter source;
  private final DoubleBinaryOperator op;
  private double total;

  @SuppressWarnings("unchecked") // every DoubleIter is made here and is a Pull
  public DoubleAccumulate(DoubleIter source, DoubleBinaryOperator op, double initial, boolean hasInitial) {
    super((Pull<Double>) source, hasInitial);
    this.source = source;
    this.op = op;
    this.total = initial;
  }

  @Override
  public double nextDouble() {
    if (!isDirect()) {
      return super.next();
    }
    return takeInitial() ? total : add(source.nextDouble());
  }

  @Override
  public Double next() {
    return nextDouble();
  }

  @Override
  protected Object offer(Double input) {
    return add(input);
  }

  @Override
  Double total() {
    return total;
  }

  private double add(double input) {
    total = start() ? op.applyAsDouble(total, input) : input;
    return total;
  }
}
