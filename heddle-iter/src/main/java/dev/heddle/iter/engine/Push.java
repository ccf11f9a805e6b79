package dev.heddle.iter.engine;

import dev.heddle.iter.CoroutineBody;
import dev.heddle.iter.GeneratorBody;
import dev.heddle.iter.GeneratorException.WrongState;
import dev.heddle.iter.GeneratorExit;
import dev.heddle.iter.Suspender;
import dev.heddle.iter.engine.ThreadYielders.OfCoroutine;
import dev.heddle.iter.engine.ThreadYielders.OfGenerator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a body in push mode: on the stack of the thread that consumes everything, where a yield only hands its element
 * on and returns.
 *
 * <p>A body cannot tell this from being pulled. Its consumer can by one thing only: while an element is consumed the
 * generator is running, and not suspended.
 */
public final class Push implements Suspender {
  /** The action that starts a body that is neither a generator's nor a coroutine's; it is given the body's yielder. */
  interface Start {
    @Nullable
    Object run(Suspender suspender) throws Throwable;
  }

  private final AbstractCoroutine<?, ?, ?> coroutine;
  private final Drain drain;
  private final Consumer<@Nullable Object> sink;
  private final int budget;

  /** The thread on which the body may yield just now: none while it delegates, and none when it has ended. */
  private @Nullable Thread turn;

  /**
   * A run that was not started yet.
   *
   * @param budget how many delegates may be pushed one inside the other; deeper ones are pulled, which needs no stack
   */
  public Push(AbstractCoroutine<?, ?, ?> coroutine, Drain drain, int budget) {
    this.coroutine = coroutine;
    this.drain = drain;
    this.sink = drain.sink;
    this.budget = budget;
  }

  /**
   * Runs a coroutine that was not started to its end; returns its result. A consumer that fails closes it before its end.
   */
  static @Nullable Object all(AbstractCoroutine<?, ?, ?> coroutine, Object start, Drain drain, int budget) {
    boolean failedBefore = drain.hasFailed(); // then this is in a finally block, and may run to its end
    coroutine.slot = null;
    coroutine.state = AbstractCoroutine.RUNNING;
    try {
      coroutine.end(new Push(coroutine, drain, budget).run(start));
      return coroutine.slot;
    } catch (Throwable t) {
      throw coroutine.failed(t);
    } finally {
      if (drain.hasFailed() && !failedBefore) {
        coroutine.cut();
      }
    }
  }

  /**
   * Runs a body to its end; returns its result.
   *
   * @param body of a generator or a coroutine, or a {@link Start}
   */
  @SuppressWarnings("unchecked") // the yielder hands on whatever the body yields
  @Nullable
  Object run(Object body) throws Throwable {
    turn = Thread.currentThread();
    try {
      if (body instanceof GeneratorBody<?> generator) {
        ((GeneratorBody<@Nullable Object>) generator).run(new OfGenerator<>(this));
        return null;
      }
      return body instanceof CoroutineBody<?, ?, ?> coroutineBody
          ? ((CoroutineBody<@Nullable Object, @Nullable Object, @Nullable Object>) coroutineBody)
              .run(new OfCoroutine<>(this))
          : ((Start) body).run(this);
    } finally {
      turn = null;
    }
  }

  @Override
  public @Nullable Object suspend(@Nullable Object element) { // calls little, so that the JIT compiler sees the sink from the body
    checkTurn();
    if (drain.hasFailed()) {
      throw CoroutineErrors.ignoredExit(element);
    }
    try {
      sink.accept(element);
    } catch (Throwable t) {
      throw drain.failed(t);
    }
    return null;
  }

  @Override
  public @Nullable Object delegate(@Nullable Object source) {
    checkTurn();
    Thread thread = turn;
    turn = null;
    boolean ending = drain.hasFailed(); // then this yieldFrom is in a finally block, and the body is not being left by it
    try {
      AbstractCoroutine<?, ?, ?> target = Delegation.target(coroutine, source);
      coroutine.delegate = target;
      Object result = target.drain(drain, budget);
      if (drain.hasFailed() && !ending) {
        throw new GeneratorExit(); // which goes on to the parent, PEP 380
      }
      return result;
    } finally {
      coroutine.delegate = null;
      turn = thread;
    }
  }

  private void checkTurn() {
    if (turn != Thread.currentThread()) {
      throw notItsTurn();
    }
  }

  /** The answer of the yielder to a caller other than the body it was given to. */
  public static WrongState notItsTurn() {
    return new WrongState(
        "yield was called on " + Thread.currentThread() + ", which is not running the body that the yielder was given to;"
            + " only the body itself may yield, and only until it returns");
  }
}
