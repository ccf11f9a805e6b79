package dev.heddle.iter;

import dev.heddle.iter.GeneratorException.AlreadyExecuting;
import dev.heddle.iter.GeneratorException.EscapedStopIteration;
import dev.heddle.iter.GeneratorException.IgnoredExit;
import dev.heddle.iter.GeneratorException.NotStarted;
import dev.heddle.iter.GeneratorException.WrongState;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of generators and coroutines, the same for every engine: the four states, send and raise, and delegation.
 *
 * <p>An engine only knows how to {@link #resume} a body to its next suspension. A body delegates by handing out {@link
 * #DELEGATED}; the delegate is then driven here, and the body stays as it is until the delegate has ended.
 */
@SuppressWarnings("IterableAndIterator") // as in Python, an iterator is its own single-use iterable
abstract sealed class AbstractCoroutine<
        Y extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object>
    implements Coroutine<Y, S, R> permits CompiledCoroutine, ThreadCoroutine, IteratorCoroutine {

  /** Values of {@link #state}; a positive one says at which suspension point the body waits. */
  static final int CREATED = 0;

  protected static final int RUNNING = -1;
  static final int CLOSED = -2;

  /** In {@link #slot}: it is empty. */
  protected static final Object NONE = new Object();

  /** From {@link #advance}: the body has ended just now. */
  private static final Object END = new Object();

  /** From {@link #advance}: the body had ended before. */
  private static final Object OVER = new Object();

  /** From {@link #resume}: the body waits for its {@link #delegate}. */
  private static final Object DELEGATED = new Object();

  /** CREATED, RUNNING, CLOSED or a suspension point. */
  protected int state;

  /**
   * While suspended, the element that hasNext has fetched; once closed, the result; else NONE. Before the start, the engine
   * may keep here what it needs to push the body; starting it takes that away.
   */
  protected @Nullable Object slot = NONE;

  /** What a yieldFrom drains. */
  protected @Nullable AbstractCoroutine<?, ?, ?> delegate;

  /**
   * Runs the body until it suspends or returns.
   *
   * <p>Called with {@link #state} at RUNNING; suspending sets it to a suspension point, returning leaves it.
   *
   * @param at CREATED or the suspension point where the body waits
   * @param sent the value of the yield it waits at
   * @param raised what to throw at the yield instead; null for nothing
   * @return what the body yields, DELEGATED or its result
   */
  protected abstract @Nullable Object resume(int at, @Nullable Object sent, @Nullable Throwable raised) throws Throwable;

  /** Drops what the body holds; called once it will not run any more. */
  protected void clear() {}

  /** What {@link Push#run} runs; null if that is not known. Asked before the body has started. */
  abstract @Nullable Object pushed();

  /** Starts a yieldFrom: to be called by the body, which then suspends and hands out what this returns. */
  protected final Object delegateTo(@Nullable Object source) {
    AbstractCoroutine<?, ?, ?> target =
        switch (source) {
          case AbstractCoroutine<?, ?, ?> coroutine -> coroutine;
          case Iterator<?> iterator -> new IteratorCoroutine(iterator); // also an Iter, which is an Iterable as well
          case Iterable<?> iterable ->
              new IteratorCoroutine(
                  Objects.requireNonNull(
                      iterable.iterator(), "iterator() of the source of yieldFrom must not return null"));
          case null -> throw new NullPointerException("source of yieldFrom must not be null");
          default ->
              throw new IllegalArgumentException("source of yieldFrom must be iterable, but was " + source.getClass());
        };
    // There is no circle of delegates before; one that is closed here leads back to this coroutine.
    AbstractCoroutine<?, ?, ?> next = target;
    while (next != null) {
      if (next == this) {
        throw alreadyExecuting();
      }
      next = next.delegate;
    }
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
      return advanceChain(sent, raised);
    }
    Object element = step(sent, raised);
    return element == DELEGATED ? advanceChain(null, null) : element;
  }

  /** Runs the body itself to its next suspension, which may be a yieldFrom: then DELEGATED is returned. */
  private @Nullable Object step(@Nullable Object sent, @Nullable Throwable raised) {
    int at = state;
    if (at <= CREATED && !canStart(at, sent, raised)) {
      return OVER;
    }
    state = RUNNING;
    try {
      Object element = resume(at, sent, raised);
      if (state != RUNNING) {
        return element;
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
  final @Nullable Object drive(@Nullable Object sent, @Nullable Throwable raised) {
    int at = state;
    if (at < CREATED) {
      throw at == RUNNING ? alreadyExecuting() : new WrongState("the body has ended and cannot go on");
    }
    if (at == CREATED) {
      slot = NONE; // it keeps the body until then, and must not be taken for an element
    }
    state = RUNNING;
    try {
      Object element = resume(at, sent, raised);
      if (state == RUNNING) {
        end(element);
        return BodyKind.ENDED;
      }
      return element;
    } catch (Throwable t) {
      end(NONE);
      throw sneaky(t);
    }
  }

  /**
   * Runs the innermost coroutine of a chain of delegates. When it ends, the one that delegated to it goes on.
   *
   * <p>A loop and not a recursion, so that the depth of the chain costs little and cannot overflow the stack.
   */
  private @Nullable Object advanceChain(@Nullable Object firstSent, @Nullable Throwable firstRaised) {
    if (state == RUNNING) {
      throw alreadyExecuting();
    }
    Object sent = firstSent;
    Throwable raised = firstRaised;
    while (true) {
      AbstractCoroutine<?, ?, ?> leaf = delegate;
      Object element;
      if (leaf == null) {
        element = step(sent, raised);
        if (element != DELEGATED) {
          return element;
        }
        sent = null;
        raised = null;
        continue;
      }
      AbstractCoroutine<?, ?, ?> parent = this;
      AbstractCoroutine<?, ?, ?> next = leaf.delegate;
      while (next != null && leaf.slot == NONE && leaf.state != RUNNING) {
        parent = leaf;
        leaf = next;
        next = leaf.delegate;
      }
      int at = state;
      state = RUNNING;
      try {
        element = leaf.fetchedOrStep(sent, raised);
        if (!isEnd(element) && element != DELEGATED && raised instanceof GeneratorExit) {
          throw ignoredExit(element);
        }
      } catch (Throwable t) {
        parent.delegate = null;
        sent = null;
        raised = t;
        continue;
      } finally {
        state = at;
      }
      if (element == DELEGATED) {
        sent = null;
        raised = null;
      } else if (!isEnd(element)) {
        return element;
      } else {
        parent.delegate = null;
        if (!(raised instanceof GeneratorExit)) { // which goes on to the parent, PEP 380
          sent = element == END && leaf.slot != NONE ? leaf.slot : null;
          raised = null;
        }
      }
    }
  }

  /** What the innermost coroutine of a chain hands out: an element that hasNext has fetched before, or the next one. */
  private @Nullable Object fetchedOrStep(@Nullable Object sent, @Nullable Throwable raised) {
    if (hasFetched()) {
      if (raised instanceof GeneratorExit) {
        slot = NONE; // nobody will ask for it any more
      } else {
        if (sent != null || raised != null) {
          throw notYetTaken("yieldFrom");
        }
        return takeFetched();
      }
    }
    return step(sent, raised);
  }

  /** Whether a body that is not suspended may go on; false when it has ended before. */
  private boolean canStart(int at, @Nullable Object sent, @Nullable Throwable raised) {
    if (at == RUNNING) {
      throw alreadyExecuting();
    }
    if (raised != null) {
      if (at == CREATED) {
        end(NONE);
      }
      throw sneaky(raised);
    }
    if (at == CREATED) {
      if (sent != null) {
        throw new NotStarted(
            "send(" + sent + ") before the body has reached a yield that could receive it; call next() once first");
      }
      slot = NONE;
    }
    return at == CREATED;
  }

  /**
   * Hands out all elements, from here to the end.
   *
   * <p>A body that was not started runs in push mode if that is known to work.
   *
   * @param budget how many bodies may be pushed one inside the other
   * @return the result; null if it had ended before
   */
  @Nullable Object drain(Drain drain, int budget) {
    Object start = state == CREATED && budget > 0 ? pushed() : null;
    if (start != null) {
      slot = NONE;
      state = RUNNING;
      try {
        end(new Push(this, drain, budget - 1).run(start));
        return slot;
      } catch (Throwable t) {
        throw failed(t);
      }
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
    return element == END && slot != NONE ? slot : null;
  }

  /** A yieldFrom of a body in push mode: hands out all elements of the source; returns the source's result. */
  final @Nullable Object drainDelegate(@Nullable Object source, Drain drain, int budget) {
    delegateTo(source);
    try {
      Object result = Objects.requireNonNull(delegate).drain(drain, budget);
      if (drain.hasFailed()) {
        throw new GeneratorExit(); // which goes on to the parent, PEP 380
      }
      return result;
    } finally {
      delegate = null;
    }
  }

  private static boolean isEnd(@Nullable Object element) {
    return element == END || element == OVER;
  }

  /** The body has returned. */
  protected final void end(@Nullable Object result) {
    state = CLOSED;
    slot = result;
    delegate = null;
    clear();
  }

  /** The body has thrown an exception; this is what to throw to its caller. */
  protected final RuntimeException failed(Throwable t) {
    end(NONE);
    return sneaky(escaping(t));
  }

  /** The body has returned instead of handing out an element. */
  protected final StopIteration ended(@Nullable Object result) {
    end(result);
    return new StopIteration("the body has ended and has no next element; ask hasNext() first", result);
  }

  /** PEP 479: what would pass for the end must not leave a body. */
  Throwable escaping(Throwable t) {
    return t instanceof NoSuchElementException
        ? new EscapedStopIteration(
            "the body of a generator threw " + t + ", which its consumer would take for the end;"
                + " end the body by returning, and catch the exception where the body asks something for a next element",
            t)
        : t;
  }

  private @Nullable Object takeFetched() {
    Object element = slot;
    slot = NONE;
    return element;
  }

  /** Whether hasNext has fetched an element that waits to be taken. */
  private boolean hasFetched() {
    return state > CREATED && slot != NONE;
  }

  private WrongState notYetTaken(String what) {
    return new WrongState(
        what + " after hasNext(), which has fetched the element " + slot + "; take it with next() before going on");
  }

  @Override
  public boolean hasNext() {
    if (hasFetched()) {
      return true;
    }
    if (state == CLOSED) {
      return false;
    }
    Object element = advance(null, null);
    if (isEnd(element)) {
      return false;
    }
    slot = element;
    return true;
  }

  @Override
  public Y next() {
    return hasFetched() ? cast(takeFetched()) : delivered(advance(null, null));
  }

  @Override
  public Y send(S value) {
    if (hasFetched()) {
      throw notYetTaken("send(" + value + ")");
    }
    return delivered(advance(value, null));
  }

  @Override
  public final Y raise(Throwable exception) {
    Objects.requireNonNull(exception, "exception must not be null: raise needs something to throw at the yield");
    if (hasFetched()) {
      throw notYetTaken("raise");
    }
    return delivered(advance(null, exception));
  }

  private Y delivered(@Nullable Object element) {
    if (element == END) {
      throw ended(slot);
    }
    if (element == OVER) {
      throw new StopIteration(
          "this generator has ended or was closed, and a generator runs once; make a new one with of(body)", null);
    }
    return cast(element);
  }

  @Override
  public final Iterator<Y> iterator() {
    if (state == CLOSED) {
      throw new WrongState(
          "this generator has ended and cannot be iterated again: a generator runs once;"
              + " use Generator.iterable(body), of which each loop runs the body afresh");
    }
    return this;
  }

  @Override
  public final void close() {
    int at = state;
    if (at == CLOSED) {
      return;
    }
    if (at == CREATED) {
      end(NONE);
      return;
    }
    if (at > CREATED) {
      slot = NONE;
    }
    try {
      Object element = advance(null, new GeneratorExit());
      if (!isEnd(element)) {
        throw ignoredExit(element);
      }
    } catch (GeneratorExit expected) {
      // This is how a body ends that does not care.
    }
  }

  @Override
  public final GeneratorState state() {
    return switch (state) {
      case CREATED -> GeneratorState.CREATED;
      case RUNNING -> GeneratorState.RUNNING;
      case CLOSED -> GeneratorState.CLOSED;
      default -> GeneratorState.SUSPENDED;
    };
  }

  @Override
  public final @Nullable Object delegate() {
    return delegate instanceof IteratorCoroutine wrapped ? wrapped.source() : delegate;
  }

  @Override
  public final R result() {
    if (state != CLOSED || slot == NONE) {
      throw new WrongState(
          "there is no result: the coroutine is " + state() + (state == CLOSED ? " but its body has not returned" : "")
              + "; go on until next() or send() throws StopIteration");
    }
    return cast(slot);
  }

  static IgnoredExit ignoredExit(@Nullable Object element) {
    return new IgnoredExit(
        "the body yielded " + element + " while it was being closed; after a GeneratorExit a body returns or throws,"
            + " so do not yield in a finally block or in a catch block that catches it");
  }

  private static AlreadyExecuting alreadyExecuting() {
    return new AlreadyExecuting(
        "this generator is already executing: its body, a function that consumes it as a whole (such as that of collect), or"
            + " another thread may not ask it for an element meanwhile; give each its own generator, or loop with next()");
  }

  @Override
  public String toString() {
    return "Generator[" + state() + "]";
  }

  /** The types are those of the body, which hands out and takes nothing else; whether null is one is its own affair. */
  @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
  private static <T extends @Nullable Object> T cast(@Nullable Object value) {
    return (T) value;
  }

  /** Lets an exception pass as it is, also a checked one: what a body throws is its caller's. */
  @SuppressWarnings("unchecked") // the cast is erased, which is its purpose
  static <E extends Throwable> RuntimeException sneaky(Throwable t) throws E {
    throw (E) t;
  }
}
