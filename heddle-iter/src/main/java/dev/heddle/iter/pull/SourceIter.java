package dev.heddle.iter.pull;

import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The elements of something that was not made here.
 *
 * <p>What has to be closed has a class of its own: where nothing is closed, no call at the end of the elements is given this
 * object, and the JIT compiler can do without it.
 */
public class SourceIter<T extends @Nullable Object> extends Pull<T> {
  private final Object owner;
  private Iterator<? extends T> elements;
  private boolean ended;

  private SourceIter(Object owner, Iterator<? extends T> elements) {
    this.owner = owner;
    this.elements = elements;
  }

  public static <T extends @Nullable Object> SourceIter<T> of(Iterable<? extends T> source) {
    Iterator<? extends T> iterator = source.iterator();
    if (iterator == null) { // whatever its type promises
      throw new NullPointerException("the iterator of " + source.getClass().getSimpleName() + " must not be null");
    }
    return of(source, iterator);
  }

  /**
   * The remaining elements of an iterator.
   *
   * @param owner what is closed beside the iterator
   */
  public static <T extends @Nullable Object> SourceIter<T> of(Object owner, Iterator<? extends T> elements) {
    return owner instanceof AutoCloseable || elements instanceof AutoCloseable
        ? new Owning<>(owner, elements)
        : new SourceIter<>(owner, elements);
  }

  /** One without elements. */
  public static <T extends @Nullable Object> Pull<T> none() {
    return of(Collections.<T>emptyList());
  }

  @Override
  public final @Nullable Object advance(int budget) {
    return hasNext() ? elements.next() : END;
  }

  @Override
  public boolean hasNext() {
    if (elements.hasNext()) {
      return true;
    }
    ended |= !isClosed();
    return false;
  }

  @Override
  public final T next() {
    if (!hasNext()) {
      throw exhausted(ended);
    }
    return elements.next();
  }

  /** The next element, of which hasNext has just said that it is there. */
  public final T take() {
    return elements.next();
  }

  @Override
  public boolean spent() {
    return isClosed() || ended;
  }

  @Override
  protected void release(Closing closing) {
    elements = Collections.emptyIterator();
  }

  @Override
  public final String toString() {
    return "Iter over " + owner.getClass().getSimpleName();
  }

  /** The elements of something that is closed with this, and when it has run to its end. */
  private static final class Owning<T extends @Nullable Object> extends SourceIter<T> {
    Owning(Object owner, Iterator<? extends T> elements) {
      super(owner, elements);
    }

    /** At the end it closes what it reads: whoever runs to the end need not, and most loops never would. */
    @Override
    public boolean hasNext() {
      if (super.hasNext()) {
        return true;
      }
      close();
      return false;
    }

    @Override
    public boolean spent() {
      return isClosed();
    }

    @Override
    protected void release(Closing closing) {
      closing.add(super.elements);
      closing.add(super.owner);
      super.release(closing);
    }
  }
}
