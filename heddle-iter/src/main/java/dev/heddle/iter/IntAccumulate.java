package dev.heddle.iter;

import java.util.function.IntBinaryOperator;
import org.jspecify.annotations.Nullable;

/** Running results over ints: unboxed when asked for ints, and a stage as any other in a pipeline of objects. */
final class IntAccumulate extends Stage<Integer, Integer> implements IntIter {
  private final IntIter source;
  private final IntBinaryOperator op;

  /** How many of these stand one on the other: too many must not call each other on the thread's stack. */
  private final int depth;

  private int total;
  private boolean initialPending;
  private boolean started;

  @SuppressWarnings("unchecked") // every IntIter is made here and is a Pull
  IntAccumulate(IntIter source, IntBinaryOperator op, int initial, boolean hasInitial) {
    super((Pull<Integer>) source);
    this.source = source;
    this.op = op;
    this.total = initial;
    this.initialPending = hasInitial;
    this.started = hasInitial;
    this.depth = source instanceof IntAccumulate inner ? inner.depth + 1 : 0;
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
  public int nextInt() {
    if (!direct()) {
      return super.next();
    }
    if (initialPending) {
      initialPending = false;
      return total;
    }
    return add(source.nextInt());
  }

  @Override
  public Integer next() {
    return nextInt();
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
  @Nullable Object offer(Integer input) {
    return add(input);
  }

  private int add(int input) {
    total = started ? op.applyAsInt(total, input) : input;
    started = true;
    return total;
  }
}
