package dev.heddle.iter.engine;

import dev.heddle.iter.BodyKind;
import dev.heddle.iter.CompiledCoroutine;
import dev.heddle.iter.Coroutine;
import dev.heddle.iter.GeneratorExit;
import dev.heddle.iter.StopIteration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of generators and coroutines, the same for every engine: the four states, send, raise and close.
 *
 * <p>An engine only knows how to {@link #resume} a body to its next suspension. A body delegates by handing out {@link
 * #DELEGATED}; {@link Delegation} then drives the delegate, and the body stays as it is until that has ended.
 */
@SuppressWarnings("IterableAndIterator") // as in Python, an iterator is its own single-use iterable
public abstract sealed class AbstractCoroutine<Y extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object>
    extends
      CoroutineState
    implements
      Coroutine<Y, S, R>
    permits CompiledCoroutine, ThreadCoroutine, IteratorCoroutine {

  /** From {@link #step} and {@link #advance}: the body has ended just now. */
  private static final Object END = new Object();

  /** From the same: the body had ended before. */
  private static final Object OVER = new Object();

  /** From {@link #resume}: the body waits for its {@link #delegate}. */
  public static final Object DELEGATED = new Object();

  /** What a yieldFrom drains. */
  protected @Nullable AbstractCoroutine<?, ?, ?> delegate;

  /** What stands below this one, if that delegates in its turn; kept by the one that is driven. */
  @Nullable
  DelegateChain chain;

  /** Whether another coroutine drains this one, or has done so. */
  boolean drained;

  /**
   * Runs the body until it suspends or returns.
   *
   * <p>Called with {@link #state} at RUNNING; suspending sets it to a suspension point, returning leaves it.
   *
   * @param at CREATED or the suspension point where the body waits
   * @param sent the value of the yield it waits at
   * @param raised what to throw at the yield instead; null for nothing
   * @return what the body yields, DELEGATED or its result; ignored if the new state has UNBOXED
   */
  protected abstract @Nullable Object resume(int at, @Nullable Object sent, @Nullable Throwable raised) throws Throwable;

  /** Drops what the body holds; called once it will not run any more. */
  protected void clear() {}

  /** Returns what {@link Push#run} runs; null if that is not known. Asked before the body has started. */
  protected abstract @Nullable Object pushed();

  /** Where the body waits: the innermost place first, as in a stack trace; empty if it is not suspended or that is not known. */
  protected List<StackTraceElement> places() {
    StackTraceElement place = placeNow();
    return place == null ? List.of() : List.of(place);
  }

  /** Takes the yielder, in a machine whose body calls methods of it that do not suspend. */
  protected void bind(Object yielder) {}

  /** Starts a yieldFrom: to be called by the body, which then suspends and hands out what this returns. */
  protected final Object delegateTo(@Nullable Object source) {
    AbstractCoroutine<?, ?, ?> target = Delegation.target(this, source);
    target.drained = true;
    delegate = target;
    return DELEGATED;
  }

  /**
   * Runs the body, or the innermost delegate, to the next element.
   *
   * @return the element; or END, with the result in {@link #slot}; or OVER
   */
  private @Nullable Object advance(@Nullable Object sent, @Nullable Throwable raised) {
    if (delegate != null) {
      return Delegation.advance(this, sent, raised);
    }
    Object element = step(sent, raised);
    return element == DELEGATED ? Delegation.advance(this, null, null) : element;
  }

  /** Runs the body itself to its next suspension, which may be a yieldFrom: then DELEGATED is returned. */
  final @Nullable Object step(@Nullable Object sent, @Nullable Throwable raised) {
    int at = state;
    if (at <= CREATED && !canStart(at, sent, raised)) {
      return OVER;
    }
    state = RUNNING;
    try {
      Object element = resume(at & POINT, sent, raised);
      if (state != RUNNING) {
        return state >= UNBOXED ? boxed() : element;
      }
      end(element);
      return END;
    } catch (Throwable t) {
      throw failed(t);
    }
  }

  /**
   * Runs a body that does not delegate to its next suspension, for drivers with a protocol of their own: without an exception
   * for the end, and letting pass what the body throws, whatever it is.
   *
   * @return what it yields; {@link BodyKind#ENDED} if it has returned, with the result in {@link #slot}
   */
  private @Nullable Object drive(@Nullable Object sent, @Nullable Throwable raised) {
    int at = state;
    if (at < CREATED) {
      throw at == RUNNING ? CoroutineErrors.alreadyExecuting() : CoroutineErrors.cannotGoOn();
    }
    if (at == CREATED) {
      slot = null; // it keeps the body until then
    }
    state = RUNNING;
    try {
      Object element = resume(at & POINT, sent, raised);
      if (state == RUNNING) {
        end(element);
        return BodyKind.ENDED;
      }
      return state >= UNBOXED ? boxed() : element;
    } catch (Throwable t) {
      end(NONE);
      throw CoroutineErrors.sneaky(t);
    }
  }

  /** {@code drive} of a coroutine: not a method of the object, which users hold. */
  public static @Nullable Object drive(
      AbstractCoroutine<?, ?, ?> coroutine, @Nullable Object sent, @Nullable Throwable raised) {
    return coroutine.drive(sent, raised);
  }

  /** Whether a body that is not suspended may go on; false when it has ended before. */
  private boolean canStart(int at, @Nullable Object sent, @Nullable Throwable raised) {
    if (at == RUNNING) {
      throw CoroutineErrors.alreadyExecuting();
    }
    if (raised != null) {
      if (at == CREATED) {
        end(NONE);
      }
      throw CoroutineErrors.sneaky(raised);
    }
    if (at == CREATED) {
      if (sent != null) {
        throw CoroutineErrors.notStarted(sent);
      }
      slot = null;
    }
    return at == CREATED;
  }

  /**
   * Hands out all elements, from here to the end.
   *
   * <p>A body that was not started runs in push mode if that is known to work. A body that ends because the consumer has
   * failed is closed before its end, in either mode.
   *
   * @param budget how many bodies may be pushed one inside the other
   * @return the result; null if it had ended before
   */
  @Nullable
  Object drain(Drain drain, int budget) {
    Object start = state == CREATED && budget > 0 ? pushed() : null;
    if (start != null) {
      return Push.all(this, start, drain, budget - 1);
    }
    Object element = hasFetched() ? takeFetched() : advance(null, null);
    while (!isEnd(element)) {
      try {
        drain.accept(element);
      } catch (GeneratorExit exit) {
        close();
        throw exit;
      }
      element = advance(null, null);
    }
    return resultOf(element);
  }

  public static boolean isEnd(@Nullable Object element) {
    return element == END || element == OVER;
  }

  /** The result of the body that has come to this end; null if it had ended before, or has none. */
  final @Nullable Object resultOf(@Nullable Object end) {
    return end == END && slot != NONE ? slot : null;
  }

  /** The body has returned. */
  protected final void end(@Nullable Object result) {
    state = CLOSED;
    slot = result;
    delegate = null;
    chain = null;
    clear();
  }

  /** The body has thrown an exception; this is what to throw to its caller. */
  protected final RuntimeException failed(Throwable t) {
    Throwable outside = escaping(t);
    end(NONE);
    return CoroutineErrors.sneaky(outside);
  }

  /** The body has returned instead of handing out an element. */
  protected final StopIteration ended(@Nullable Object result) {
    end(result);
    return CoroutineErrors.ended(result);
  }

  /** PEP 479: what would pass for the end must not leave a body. */
  Throwable escaping(Throwable t) {
    return t instanceof NoSuchElementException ? CoroutineErrors.escapedStopIteration(t) : t;
  }

  @Override
  public boolean hasNext() {
    if (hasFetched()) {
      return true;
    }
    if (state <= CLOSED) {
      return false;
    }
    Object element = advance(null, null);
    if (isEnd(element)) {
      return false;
    }
    slot = element;
    state = (state & POINT) | READY;
    return true;
  }

  @Override
  public Y next() {
    return hasFetched() ? cast(takeFetched()) : delivered(advance(null, null));
  }

  @Override
  public Y send(S value) {
    if (hasFetched()) {
      throw CoroutineErrors.notYetTaken("send(" + value + ")", fetched());
    }
    return delivered(advance(value, null));
  }

  @Override
  public final Y raise(Throwable exception) {
    Objects.requireNonNull(exception, "exception must not be null: raise needs something to throw at the yield");
    if (hasFetched()) {
      throw CoroutineErrors.notYetTaken("raise", fetched());
    }
    return delivered(advance(null, exception));
  }

  private Y delivered(@Nullable Object element) {
    if (element == END) {
      throw ended(slot);
    }
    if (element == OVER) {
      throw CoroutineErrors.over();
    }
    return cast(element);
  }

  @Override
  public final Iterator<Y> iterator() {
    if (checkNotCut().state == CLOSED) {
      throw CoroutineErrors.cannotIterateAgain();
    }
    return this;
  }

  /** Throws if it was closed before its end, which a reader must not take for an end. */
  public final AbstractCoroutine<Y, S, R> checkNotCut() {
    if (state == CUT) {
      throw CoroutineErrors.cut();
    }
    return this;
  }

  @Override
  public final void close() {
    int at = state;
    if (at <= CLOSED) {
      return;
    }
    if (at == CREATED) {
      end(NONE);
      state = CUT;
      return;
    }
    if (hasFetched()) {
      takeFetched();
    }
    try {
      Object element = advance(null, new GeneratorExit());
      if (!isEnd(element)) {
        throw CoroutineErrors.ignoredExit(element);
      }
    } catch (GeneratorExit expected) {
      // This is how a body ends that does not care.
    } finally {
      cut();
    }
  }

  /** If it has ended, then because it had to, before its end. */
  final void cut() {
    if (state == CLOSED) {
      state = CUT;
    }
  }

  @Override
  public final @Nullable Object delegate() {
    return delegate instanceof IteratorCoroutine wrapped ? wrapped.source() : delegate;
  }

  @Override
  public final R result() {
    if (state > CLOSED || slot == NONE) {
      throw CoroutineErrors.noResult(state());
    }
    return cast(slot);
  }

  @Override
  public String toString() {
    return "Generator[" + state() + "]";
  }

  /** The types are those of the body, which hands out and takes nothing else; it decides whether null is one of them. */
  @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
  private static <T extends @Nullable Object> T cast(@Nullable Object value) {
    return (T) value;
  }
}
