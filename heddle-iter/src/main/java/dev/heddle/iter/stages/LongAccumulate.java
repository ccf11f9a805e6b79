package dev.heddle.iter.stages;

import dev.heddle.iter.LongIter;
import dev.heddle.iter.pull.Pull;
import java.util.function.LongBinaryOperator;

/** Running results over longs: unboxed when asked for longs, and a stage as any other in a pipeline of objects. */
public final class LongAccumulate extends NumberAccumulate<Long> implements LongIter {
  private final LongIter source;
  private final LongBinaryOperator op;
  private long total;

  @SuppressWarnings("unchecked") // every LongIter is made here and is a Pull
  public LongAccumulate(LongIter source, LongBinaryOperator op, long initial, boolean hasInitial) {
    super((Pull<Long>) source, hasInitial);
    this.source = source;
    this.op = op;
    this.total = initial;
  }

  @Override
  public long nextLong() {
    if (!isDirect()) {
      return super.next();
    }
    return takeInitial() ? total : add(source.nextLong());
  }

  @Override
  public Long next() {
    return nextLong();
  }

  @Override
  protected Object offer(Long input) {
    return add(input);
  }

  @Override
  Long total() {
    return total;
  }

  private long add(long input) {
    total = start() ? op.applyAsLong(total, input) : input;
    return total;
  }
}
