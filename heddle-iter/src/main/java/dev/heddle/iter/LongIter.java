package dev.heddle.iter;

import dev.heddle.base.Check;
import dev.heddle.iter.sources.LongCount;
import dev.heddle.iter.sources.LongRange;
import dev.heddle.iter.stages.LongAccumulate;
import java.util.PrimitiveIterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.LongBinaryOperator;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;

/**
 * An {@link Iter} of longs that need not be boxed: {@link #nextLong()}, {@link #sum()}, {@link #toLongArray()} and {@link
 * #accumulateAsLong} work on the bare values. Everything an {@code Iter} can do, it can do as well, boxing.
 *
 * <p>Not thread-safe. Nothing here blocks.
 */
public sealed interface LongIter extends Iter<Long>, PrimitiveIterator.OfLong permits LongRange, LongCount, LongAccumulate {

  @Override
  Long next();

  /**
   * Running results: the first element, then {@code op} of the last result and the next element. Origin: {@code
   * itertools.accumulate}.
   */
  default LongIter accumulateAsLong(LongBinaryOperator op) {
    return new LongAccumulate(this, Check.notNull(op, "op"), 0, false);
  }

  /** Running results that begin with an initial value, which is handed out first. */
  default LongIter accumulateAsLong(long initial, LongBinaryOperator op) {
    return new LongAccumulate(this, Check.notNull(op, "op"), initial, true);
  }

  /** The sum of the remaining elements. A sum beyond a long wraps around. */
  default long sum() {
    long sum = 0;
    while (hasNext()) {
      sum += nextLong();
    }
    return sum;
  }

  /** The remaining elements as an array. */
  default long[] toLongArray() {
    return longStream().toArray();
  }

  /** The remaining elements as a sequential stream; closing the stream closes this iterator. */
  default LongStream longStream() {
    int characteristics = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.longStream(Spliterators.spliteratorUnknownSize(this, characteristics), false)
        .onClose(this::close);
  }
}
