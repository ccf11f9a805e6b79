package dev.heddle.iter;

import dev.heddle.base.Check;
import dev.heddle.iter.sources.IntCount;
import dev.heddle.iter.sources.IntRange;
import dev.heddle.iter.stages.IntAccumulate;
import java.util.PrimitiveIterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * An {@link Iter} of ints that need not be boxed: {@link #nextInt()}, {@link #sum()}, {@link #toIntArray()} and {@link
 * #accumulateAsInt} work on the bare values. Everything an {@code Iter} can do, it can do as well, boxing.
 *
 * <p>Not thread-safe. Nothing here blocks.
 */
public sealed interface IntIter extends Iter<Integer>, PrimitiveIterator.OfInt permits IntRange, IntCount, IntAccumulate {

  @Override
  Integer next();

  /**
   * Running results: the first element, then {@code op} of the last result and the next element. Origin: {@code
   * itertools.accumulate}.
   */
  default IntIter accumulateAsInt(IntBinaryOperator op) {
    return new IntAccumulate(this, Check.notNull(op, "op"), 0, false);
  }

  /** Running results that begin with an initial value, which is handed out first. */
  default IntIter accumulateAsInt(int initial, IntBinaryOperator op) {
    return new IntAccumulate(this, Check.notNull(op, "op"), initial, true);
  }

  /** The sum of the remaining elements. A sum beyond a long wraps around. */
  default long sum() {
    long sum = 0;
    while (hasNext()) {
      sum += nextInt();
    }
    return sum;
  }

  /** The remaining elements as an array. */
  default int[] toIntArray() {
    return intStream().toArray();
  }

  /** The remaining elements as a sequential stream; closing the stream closes this iterator. */
  default IntStream intStream() {
    int characteristics = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.intStream(Spliterators.spliteratorUnknownSize(this, characteristics), false)
        .onClose(this::close);
  }
}
