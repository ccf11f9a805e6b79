package dev.heddle.iter;

import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The elements of something that was not made here; it is closed, if it can be, with this and when it has run to its end.
 */
final class SourceIter<T extends @Nullable Object> extends Pull<T> {
  private final Object owner;
  private Iterator<? extends T> elements;
  private final boolean closeable;
  private boolean ended;

  SourceIter(Iterable<? extends T> source) {
    this(source, iteratorOf(source));
  }

  /**
   * The remaining elements of an iterator.
   *
   * @param owner what is closed beside the iterator
   */
  SourceIter(Object owner, Iterator<? extends T> elements) {
    this.owner = owner;
    this.elements = elements;
    this.closeable = elements instanceof AutoCloseable || owner instanceof AutoCloseable;
  }

  private static <T extends @Nullable Object> Iterator<? extends T> iteratorOf(Iterable<? extends T> source) {
    Iterator<? extends T> iterator = source.iterator();
    if (iterator == null) { // whatever its type promises
      throw new NullPointerException("the iterator of " + source.getClass().getSimpleName() + " must not be null");
    }
    return iterator;
  }

  /** One without elements. */
  static <T extends @Nullable Object> Pull<T> none() {
    return new SourceIter<>(Collections.<T>emptyList());
  }

  @Override
  @Nullable Object advance(int budget) {
    return hasNext() ? elements.next() : END;
  }

  /** At the end it closes what it reads: whoever runs to the end need not, and most loops never would. */
  @Override
  public boolean hasNext() {
    if (elements.hasNext()) {
      return true;
    }
    ended |= !isClosed();
    if (closeable) {
      close();
    }
    return false;
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw exhausted(ended);
    }
    return elements.next();
  }

  @Override
  boolean spent() {
    return isClosed() || (ended && !closeable);
  }

  @Override
  void release(Closing closing) {
    closing.add(elements);
    closing.add(owner);
    elements = Collections.emptyIterator();
  }

  @Override
  public String toString() {
    return "Iter over " + owner.getClass().getSimpleName();
  }
}
