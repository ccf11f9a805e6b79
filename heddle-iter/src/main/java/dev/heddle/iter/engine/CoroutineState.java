package dev.heddle.iter.engine;

import dev.heddle.iter.GeneratorState;
import org.jspecify.annotations.Nullable;

/**
 * The state of a coroutine, in one word and one reference beside it.
 *
 * <p>The word is CREATED, RUNNING, CLOSED, or a suspension point with two bits: whether an element waits to be taken, and
 * whether it is kept as a primitive value. An iterator's loop so has one field to look at for each element, and the boxes of
 * numbers are made where they are read, where the JIT compiler can often do without them.
 */
public abstract sealed class CoroutineState permits AbstractCoroutine {

  /** Values of {@link #state}; a positive one has the suspension point at which the body waits in its lower bits. */
  public static final int CREATED = 0;

  protected static final int RUNNING = -1;
  public static final int CLOSED = -2;

  /** Closed by {@link AbstractCoroutine#close} before its end; like CLOSED, but that elements are missing. */
  static final int CUT = -3;

  /** Beside a suspension point, and the highest bit there: hasNext has fetched the element, which waits to be taken. */
  protected static final int READY = 1 << 30;

  /** Beside a suspension point: the engine keeps the element as a primitive value, of which {@link #boxed} makes an object. */
  protected static final int UNBOXED = 1 << 29;

  /** The bits of the suspension point. */
  protected static final int POINT = UNBOXED - 1;

  /** In {@link #slot}: no body to push, or no result. */
  protected static final Object NONE = new Object();

  /** CREATED, RUNNING, CLOSED or a suspension point. */
  protected int state;

  /**
   * The element that hasNext has fetched, if that is no primitive value; once closed, the result or NONE. Before the start,
   * the engine may keep here what it needs to push the body, else NONE; starting it takes that away.
   */
  protected @Nullable Object slot = NONE;

  /** The place in the body of a suspension point, or of its beginning for CREATED, as in a stack trace; null if it is not known. */
  protected @Nullable StackTraceElement place(int at) {
    return null;
  }

  /** The place of the suspension point at which the body waits; null if it is not suspended or that is not known. */
  final @Nullable StackTraceElement placeNow() {
    return state > CREATED ? place(state & POINT) : null;
  }

  /** Returns the element that the engine keeps as a primitive value. Called only if {@link #state} has UNBOXED. */
  protected @Nullable Object boxed() {
    throw new IllegalStateException("this engine has no primitive values: a defect of the generator engine");
  }

  /** Takes the element that hasNext has fetched. */
  final @Nullable Object takeFetched() {
    Object element = fetched();
    state &= POINT;
    slot = null;
    return element;
  }

  /** The element that hasNext has fetched. */
  final @Nullable Object fetched() {
    return (state & UNBOXED) == 0 ? slot : boxed();
  }

  /** Whether hasNext has fetched an element that waits to be taken. */
  final boolean hasFetched() {
    return state >= READY;
  }

  /** Returns the state as programs see it. */
  public final GeneratorState state() {
    return switch (state) {
      case CREATED -> GeneratorState.CREATED;
      case RUNNING -> GeneratorState.RUNNING;
      case CLOSED, CUT -> GeneratorState.CLOSED;
      default -> GeneratorState.SUSPENDED;
    };
  }
}
