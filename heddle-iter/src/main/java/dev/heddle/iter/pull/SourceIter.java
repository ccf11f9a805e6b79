package dev.heddle.iter.pull;

import dev.heddle.iter.engine.AbstractCoroutine;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The elements of something that was not made here.
 *
 * <p>What has to be closed has a class of its own: where nothing is closed, no call at the end of the elements is given this
 * object, and the JIT compiler can do without it.
 */
public class SourceIter<T extends @Nullable Object> extends Pull<T> {
  private static final SourceIter<Object> NONE = new SourceIter<>(List.of(), Collections.emptyIterator());

  /** What is closed beside the iterator; null when it has ended or is closed, so that this object keeps no source. */
  private @Nullable Object owner;

  /** Without elements when it has ended, and {@link Cut} when it was closed before. */
  private Iterator<? extends T> elements;

  private final Class<?> type;
  private boolean ended;

  private SourceIter(Object owner, Iterator<? extends T> elements) {
    this.owner = owner;
    this.elements = elements;
    this.type = owner.getClass();
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

  /** Returns an iterator without elements; it is always the same one. */
  public static <T extends @Nullable Object> Pull<T> none() {
    return cast(NONE);
  }

  @Override
  public final @Nullable Object advance(int budget) {
    return hasNext() ? elements.next() : END; // or an exception
  }

  @Override
  public boolean hasNext() {
    Iterator<? extends T> asked = elements;
    if (asked.hasNext()) { // throws if this was closed early: a check of its own at the end would cost each loop a multiple
      return true;
    }
    if (asked != elements) { // it was closed from within
      return elements.hasNext();
    }
    ended = true;
    owner = null;
    elements = Collections.emptyIterator();
    return false;
  }

  @Override
  public final T next() {
    if (!hasNext()) {
      throw exhausted();
    }
    return elements.next();
  }

  /** The next element, of which hasNext has just said that it is there. */
  public final T take() {
    return elements.next();
  }

  @Override
  protected final boolean hasEnded() {
    return ended;
  }

  @Override
  public boolean spent() {
    return isClosed() || ended;
  }

  @Override
  protected void release(Closing closing) {
    owner = null;
    elements = ended ? Collections.emptyIterator() : new Cut<>();
  }

  @Override
  public final String toString() {
    return "Iter over " + type.getSimpleName();
  }

  /** In place of the elements of what was closed before its end. */
  private static final class Cut<T extends @Nullable Object> implements Iterator<T> {
    @Override
    public boolean hasNext() {
      throw closedEarly();
    }

    @Override
    public T next() {
      throw closedEarly();
    }
  }

  /** The elements of something that is closed with this, and when it has run to its end. */
  private static final class Owning<T extends @Nullable Object> extends SourceIter<T> {
    Owning(Object owner, Iterator<? extends T> elements) {
      super(owner, elements);
    }

    /** Closes the source at its end: a loop that runs to the end closes nothing. */
    @Override
    public boolean hasNext() {
      if (super.elements.hasNext()) {
        return true;
      }
      if (super.elements instanceof AbstractCoroutine<?, ?, ?> generator) {
        generator.checkNotCut();
      }
      super.ended |= !isClosed();
      close();
      if (cut) {
        throw closedEarly();
      }
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
