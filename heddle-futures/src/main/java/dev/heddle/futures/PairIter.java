package dev.heddle.futures;

import dev.heddle.base.Check;
import dev.heddle.iter.Iter;
import java.io.Serializable;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Two sources side by side, up to the shorter's end. */
final class PairIter<A extends @Nullable Object, B extends @Nullable Object> implements Iter<PairIter.Pair<A, B>> {

  /** One element of each. */
  record Pair<A extends @Nullable Object, B extends @Nullable Object>(A first, B second) implements Serializable {}

  private final Iter<A> first;
  private final Iter<B> second;

  PairIter(Iterable<? extends A> first, Iterable<? extends B> second) {
    this.first = Iter.from(Check.<Iterable<? extends A>>notNull(first, "first"));
    this.second = Iter.from(Check.<Iterable<? extends B>>notNull(second, "second"));
  }

  @Override
  public boolean hasNext() {
    return first.hasNext() && second.hasNext();
  }

  @Override
  public Pair<A, B> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("one of the two sources has no next element; ask hasNext() first");
    }
    return new Pair<>(first.next(), second.next());
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
