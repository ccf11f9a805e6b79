package dev.heddle.iter;

import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/** Running results over longs: unboxed when asked for longs, and a stage as any other in a pipeline of objects. */
final class LongAccumulate extends Stage<Long, Long> implements LongIter {
  private final LongIter source;
  private final LongBinaryOperator op;

  /** How many of these stand one on the other: too many must not call each other on the thread's stack. */
  private final int depth;

  private long total;
  private boolean initialPending;
  private boolean started;

  @SuppressWarnings("unchecked") // every LongIter is made here and is a Pull
  LongAccumulate(LongIter source, LongBinaryOperator op, long initial, boolean hasInitial) {
    super((Pull<Long>) source);
    this.source = source;
    this.op = op;
    this.total = initial;
    this.initialPending = hasInitial;
    this.started = hasInitial;
    this.depth = source instanceof LongAccumulate inner ? inner.depth + 1 : 0;
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
  public long nextLong() {
    if (!direct()) {
      return super.next();
    }
    if (initialPending) {
      initialPending = false;
      return total;
    }
    return add(source.nextLong());
  }

  @Override
  public Long next() {
    return nextLong();
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
  @Nullable Object offer(Long input) {
    return add(input);
  }

  private long add(long input) {
    total = started ? op.applyAsLong(total, input) : input;
    started = true;
    return total;
  }
}
