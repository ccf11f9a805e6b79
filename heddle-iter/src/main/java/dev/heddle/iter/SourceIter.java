package dev.heddle.iter;

import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The elements of something that was not made here; it is closed, if it can be, with this and when it has run to its end.
 */
final class SourceIter<T extends @Nullable Object> extends Pull<T> {
  private final Object owner;
  private final String name;
  private Iterator<? extends T> elements;
  private boolean ended;

  SourceIter(Iterable<? extends T> source) {
    this(source, Check.present(source.iterator(), "the iterator of " + source.getClass().getSimpleName()));
  }

  /**
   * The remaining elements of an iterator.
   *
   * @param owner what is closed beside the iterator
   */
  SourceIter(Object owner, Iterator<? extends T> elements) {
    this.owner = owner;
    this.elements = elements;
    this.name = owner.getClass().getSimpleName();
  }

  /** One without elements. */
  static <T extends @Nullable Object> Pull<T> none() {
    return new SourceIter<>(Collections.<T>emptyList());
  }

  @Override
  @Nullable Object advance(int budget) {
    if (elements.hasNext()) {
      return elements.next();
    }
    end();
    return END;
  }

  @Override
  public boolean hasNext() {
    if (elements.hasNext()) {
      return true;
    }
    end();
    return false;
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw exhausted(ended);
    }
    return elements.next();
  }

  /** Whoever runs to the end need not close: most loops never would. */
  private void end() {
    if (!isClosed()) {
      ended = true;
      if (elements instanceof AutoCloseable || owner instanceof AutoCloseable) {
        close();
      } else {
        markClosed();
      }
    }
  }

  @Override
  void release(Closing closing) {
    closing.add(elements);
    closing.add(owner);
    elements = Collections.emptyIterator();
  }

  @Override
  public String toString() {
    return "Iter over " + name;
  }
}
