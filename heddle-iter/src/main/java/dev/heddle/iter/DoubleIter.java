package dev.heddle.iter;

import dev.heddle.base.Check;
import dev.heddle.iter.sources.DoubleCount;
import dev.heddle.iter.stages.DoubleAccumulate;
import java.util.PrimitiveIterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;

/**
 * An {@link Iter} of doubles that need not be boxed: {@link #nextDouble()}, {@link #sum()}, {@link #toDoubleArray()} and
 * {@link #accumulateAsDouble} work on the bare values. Everything an {@code Iter} can do, it can do as well, boxing.
 *
 * <p>Not thread-safe. Nothing here blocks.
 */
public sealed interface DoubleIter extends Iter<Double>, PrimitiveIterator.OfDouble permits DoubleCount, DoubleAccumulate {

  @Override
  Double next();

  /**
   * Running results: the first element, then {@code op} of the last result and the next element. Origin: {@code
   * itertools.accumulate}.
   */
  default DoubleIter accumulateAsDouble(DoubleBinaryOperator op) {
    return new DoubleAccumulate(this, Check.notNull(op, "op"), 0, false);
  }

  /** Running results that begin with an initial value, which is handed out first. */
  default DoubleIter accumulateAsDouble(double initial, DoubleBinaryOperator op) {
    return new DoubleAccumulate(this, Check.notNull(op, "op"), initial, true);
  }

  /** The sum of the remaining elements. Added one after the other, as a loop does. */
  default double sum() {
    double sum = 0;
    while (hasNext()) {
      sum += nextDouble();
    }
    return sum;
  }

  /** The remaining elements as an array. */
  default double[] toDoubleArray() {
    return doubleStream().toArray();
  }

  /** The remaining elements as a sequential stream; closing the stream closes this iterator. */
  default DoubleStream doubleStream() {
    int characteristics = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.doubleStream(Spliterators.spliteratorUnknownSize(this, characteristics), false)
        .onClose(this::close);
  }
}
