package dev.heddle.iter.pull;

import dev.heddle.base.Check;
import dev.heddle.base.ClosedEarly;
import dev.heddle.iter.Generator;
import dev.heddle.iter.Iter;
import dev.heddle.iter.engine.AbstractCoroutine;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The base of all iterators of this package: one call that hands over the next element or says that there is none.
 *
 * <p>{@code hasNext} followed by {@code next} asks twice at every level of a pipeline; {@link #advance} asks once, and
 * needs no place to keep an element in between.
 */
public abstract class Pull<T extends @Nullable Object> implements Iter<T> {
  /** In place of an element: there is none and never will be one. */
  public static final Object END = new Marker("END");

  /** In place of an element: another one from upstream is needed first. */
  public static final Object NEED = new Marker("NEED");

  /** How many stages may pull one through the other on the thread's stack; deeper ones are driven by a loop. */
  public static final int BUDGET = 100;

  private record Marker(String name) {}

  private boolean closed;

  /**
   * Whether it was closed before its end: then it is not known what is missing, and it must not pass for an end.
   *
   * <p>Checked by {@code if (cut) throw closedEarly()} in the methods themselves. A loop comes there once, at its end: so
   * rare a call is not inlined, an iterator that is passed to it has to be a real object, and what it answers is not known
   * to the JIT compiler.
   */
  protected boolean cut;

  /** The given source itself when it knows this protocol, or else an adapter that owns it. */
  @SuppressWarnings("unchecked") // an Iter only hands elements out, so Iter<? extends T> serves as Iter<T>
  public static <T extends @Nullable Object> Pull<T> over(Iterable<? extends T> source) {
    // No switch over the types: to the JIT compiler that is a call, and what is passed to a call has to be a real object.
    if (source instanceof Pull<?> pull) {
      return (Pull<T>) pull;
    }
    // Not by its iterator(), which a generator refuses after its end: a stage over one that has ended is empty.
    if (source instanceof AbstractCoroutine<?, ?, ?> generator) {
      return SourceIter.of(generator.checkNotCut(), (Generator<T>) generator);
    }
    return SourceIter.of(source);
  }

  /** As {@link #over(Iterable)}, for an argument that is checked and named in the error. */
  public static <T extends @Nullable Object> Pull<T> over(@Nullable Iterable<? extends T> source, String name) {
    return over(Check.notNull(source, name));
  }

  /**
   * Takes the next element.
   *
   * @param budget how many more levels may be called on this stack, at least 0
   * @return the element or {@link #END}, which then is the answer for ever
   */
  public abstract @Nullable Object advance(int budget);

  /** Adds what this iterator reads from to what is being closed; called once, and not again after an error. */
  protected void release(Closing closing) {}

  public final boolean isClosed() {
    return closed;
  }

  /** Whether the end has been seen, so that closing takes no element away; when in doubt, no. */
  protected abstract boolean hasEnded();

  /** Whether nothing is left to be closed here; when in doubt, no. */
  public boolean spent() {
    return closed;
  }

  /** Closes this level and puts the next ones on the list. */
  protected void closeInto(Closing closing) {
    if (!closed) {
      closed = true;
      cut = !hasEnded();
      release(closing);
    }
  }

  @Override
  public void close() {
    Closing.close(this);
  }

  /** What {@code next} throws when there is nothing left. */
  protected final RuntimeException exhausted() {
    return cut ? closedEarly() : ended();
  }

  private static NoSuchElementException ended() {
    return new NoSuchElementException(
        "this Iter has run to its end and has no next element; ask hasNext() first, or use nextOr(other)");
  }

  /** What every call throws that asks for an element when the iterator was closed before its end. */
  public static IllegalStateException closedEarly() {
    return ClosedEarly.error("this Iter");
  }

  /** An element, back in its type. */
  // Only what a source handed over as T is passed in, and whether T includes null NullAway cannot know.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
  public static <T extends @Nullable Object> T cast(@Nullable Object element) {
    return (T) element;
  }
}
