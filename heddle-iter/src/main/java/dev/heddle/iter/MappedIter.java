package dev.heddle.iter;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The elements of another {@link Iter}, each through a function when it is asked for. */
final class MappedIter<T extends @Nullable Object, R extends @Nullable Object> implements Iter<R> {
  private final Iter<T> source;
  private final Function<? super T, ? extends R> fn;

  MappedIter(Iter<T> source, Function<? super T, ? extends R> fn) {
    this.source = source;
    this.fn = fn;
  }

  @Override
  public boolean hasNext() {
    return source.hasNext();
  }

  @Override
  public R next() {
    return fn.apply(source.next());
  }

  @Override
  public void close() {
    source.close();
  }
}
