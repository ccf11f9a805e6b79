package dev.heddle.iter;

import dev.heddle.iter.GeneratorException.WrongState;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a body in push mode: on the stack of the thread that consumes everything, where a yield only hands its element
 * to a sink and goes on.
 *
 * <p>A body cannot tell this from being pulled, since the sink belongs to this package: it neither fails nor calls back, and
 * there is nothing between two elements that could see the generator suspended.
 */
final class Push implements Suspender {
  /** What starts a body; it is given the body's yielder. */
  interface Start {
    @Nullable Object run(Suspender suspender) throws Throwable;
  }

  private final AbstractCoroutine<?, ?, ?> coroutine;
  private final Consumer<@Nullable Object> sink;
  private final int budget;

  /** The thread on which the body may yield just now: none while it delegates, and none when it has ended. */
  private @Nullable Thread turn;

  /**
   * A run that was not started yet.
   *
   * @param budget how many delegates may be pushed one inside the other; deeper ones are pulled, which needs no stack
   */
  Push(AbstractCoroutine<?, ?, ?> coroutine, Consumer<@Nullable Object> sink, int budget) {
    this.coroutine = coroutine;
    this.sink = sink;
    this.budget = budget;
  }

  /** Runs the body to its end; returns its result. */
  @Nullable Object run(Start body) throws Throwable {
    turn = Thread.currentThread();
    try {
      return body.run(this);
    } finally {
      turn = null;
    }
  }

  @Override
  public @Nullable Object suspend(@Nullable Object element) {
    checkTurn();
    sink.accept(element);
    return null;
  }

  @Override
  public @Nullable Object delegate(@Nullable Object source) {
    checkTurn();
    Thread thread = turn;
    turn = null;
    try {
      return coroutine.drainDelegate(source, sink, budget);
    } finally {
      turn = thread;
    }
  }

  private void checkTurn() {
    if (turn != Thread.currentThread()) {
      throw notItsTurn();
    }
  }

  /** What the yielder answers to anyone but the body it was given to. */
  static WrongState notItsTurn() {
    return new WrongState(
        "yield was called on " + Thread.currentThread() + ", which is not running the body that the yielder was given to;"
            + " only the body itself may yield, and only until it returns");
  }
}
