package dev.heddle.iter.stages;

import dev.heddle.iter.IntIter;
import dev.heddle.iter.pull.Pull;
import java.util.function.IntBinaryOperator;

/** Running results over ints: unboxed when asked for ints, and a stage as any other in a pipeline of objects. */
public final class IntAccumulate extends NumberAccumulate<Integer> implements IntIter {
  private final IntIter source;
  private final IntBinaryOperator op;
  private int total;

  @SuppressWarnings("unchecked") // every IntIter is made here and is a Pull
  public IntAccumulate(IntIter source, IntBinaryOperator op, int initial, boolean hasInitial) {
    super((Pull<Integer>) source, hasInitial);
    this.source = source;
    this.op = op;
    this.total = initial;
  }

  @Override
  public int nextInt() {
    if (!isDirect()) {
      return super.next();
    }
    return takeInitial() ? total : add(source.nextInt());
  }

  @Override
  public Integer next() {
    return nextInt();
  }

  @Override
  protected Object offer(Integer input) {
    return add(input);
  }

  @Override
  Integer total() {
    return total;
  }

  private int add(int input) {
    total = start() ? op.applyAsInt(total, input) : input;
    return total;
  }
}
