package dev.heddle.futures.map;

import dev.heddle.base.Check;
import dev.heddle.futures.TaskBiFunction;
import dev.heddle.futures.TaskFunction;
import dev.heddle.iter.Iter;
import java.io.Serializable;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The elements of two sources in pairs, up to the end of the shorter one. */
public final class PairIter<A extends @Nullable Object, B extends @Nullable Object>
    implements
      Iter<PairIter.TwoInputs<A, B>> {

  /** One element of each source. */
  public record TwoInputs<A extends @Nullable Object, B extends @Nullable Object>(A first,
      B second) implements Serializable {
    @Override
    public String toString() {
      return "(" + first + ", " + second + ")";
    }
  }

  private final Iter<A> first;
  private final Iter<B> second;

  /** An iterator at the start of both sources. */
  public PairIter(Iterable<? extends A> first, Iterable<? extends B> second) {
    this.first = Iter.from(Check.<Iterable<? extends A>>notNull(first, "first"));
    this.second = Iter.from(Check.<Iterable<? extends B>>notNull(second, "second"));
  }

  /** A function of two inputs as one of pairs; it can be sent to another process if the given one can. */
  static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> TaskFunction<TwoInputs<A, B>, R> function(
      TaskBiFunction<? super A, ? super B, ? extends R> fn) {
    Check.notNull(fn, "fn");
    return pair -> fn.apply(pair.first(), pair.second());
  }

  @Override
  public boolean hasNext() {
    return first.hasNext() && second.hasNext();
  }

  @Override
  public TwoInputs<A, B> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("one of the two sources has no next element; ask hasNext() first");
    }
    return new TwoInputs<>(first.next(), second.next());
  }

  @Override
  public void close() {
    try {
      first.close();
    } finally {
      second.close();
    }
  }
}
