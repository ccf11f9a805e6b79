package dev.heddle.asyncio.run;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.LoopInterruptedException;
import dev.heddle.asyncio.task.AsyncCoroutine;
import dev.heddle.asyncio.task.LoopTask;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@link EventLoop#run}, from the start of the main task to the end of the last task; or one run of a runner.
 */
final class MainRun<T extends @Nullable Object> {
  private final RunningLoop loop;
  private final LoopTask<T> main;
  private final RunTurns turns;

  /** The signal that has cancelled the main task; null if there was none. */
  private @Nullable String signal;

  private MainRun(RunningLoop loop, AsyncCoroutine<T> body, boolean goesOn) {
    this.loop = loop;
    this.main = loop.newTask(body, "main");
    this.main.observe();
    this.turns = new RunTurns(loop, main, goesOn);
  }

  static <T extends @Nullable Object> MainRun<T> of(RunningLoop loop, Async<T> body) {
    return new MainRun<>(loop, (AsyncCoroutine<T>) body, false);
  }

  /** One run of a runner, whose loop goes on after it. */
  static <T extends @Nullable Object> MainRun<T> ofRunner(RunningLoop loop, Async<T> body) {
    return new MainRun<>(loop, (AsyncCoroutine<T>) body, true);
  }

  /** Runs the main task, and then ends the loop; returns the result. */
  T result() {
    ProcessSignals signals = signals();
    LoopEnd end = new LoopEnd(loop, turns);
    try {
      try {
        runMain();
        end.endTasks();
      } finally {
        end.close();
      }
      end.reportRest();
      return outcome();
    } finally {
      close(signals);
    }
  }

  /**
   * Runs the main task, and leaves the loop as it is; returns the result.
   *
   * @param ended called with the signals of the run when they have been closed
   */
  T resultOfRun(Consumer<ProcessSignals> ended) {
    ProcessSignals signals = signals();
    try {
      runMain();
      return outcome();
    } finally {
      if (signals != null) {
        signals.close();
        ended.accept(signals); // then: a signal of the last moment counts
      }
    }
  }

  /** Ends a loop on which no main task runs. A signal meanwhile ends the process when that is done. */
  static void end(RunningLoop loop) {
    ProcessSignals signals = signals(loop, _ -> heard(loop, () -> {}));
    try {
      RunTurns turns = new RunTurns(loop, null, false);
      LoopEnd end = new LoopEnd(loop, turns);
      try {
        end.endTasks();
      } finally {
        end.close();
      }
      end.reportRest();
      turns.throwIfBroken();
    } finally {
      close(signals);
    }
  }

  private @Nullable ProcessSignals signals() {
    return signals(loop, this::signalled);
  }

  private static @Nullable ProcessSignals signals(RunningLoop loop, Function<String, CountDownLatch> onSignal) {
    ProcessSignals signals = loop.scheduler().options().virtualTime()
        ? null
        : ProcessSignals.install(onSignal, loop.signals()::pass);
    loop.handlesSignals(signals != null);
    return signals;
  }

  private static void close(@Nullable ProcessSignals signals) {
    if (signals != null) {
      signals.close();
    }
  }

  /**
   * Cancels the main task because the process is asked to end; called on another thread. The latch tells that it is done.
   */
  private CountDownLatch signalled(String name) {
    return heard(loop, () -> {
      signal = name;
      main.request("the process received " + name);
    });
  }

  /** Calls something on the loop's thread; the latch tells that it has got there. */
  private static CountDownLatch heard(RunningLoop loop, Runnable then) {
    CountDownLatch heard = new CountDownLatch(1);
    boolean open = loop.scheduler()
        .post(
            () -> {
              heard.countDown();
              then.run();
            });
    if (!open) {
      heard.countDown(); // the run has ended
    }
    return heard;
  }

  private void runMain() {
    while (!main.isDone() && !turns.gaveUp()) {
      turns.turn();
    }
  }

  private T outcome() {
    turns.throwIfBroken();
    if (main.isCancelled() && signal != null) {
      throw ProcessSignals.quietly(
          new LoopInterruptedException(
              "the process received " + signal + "; the main coroutine was cancelled and has ended"));
    }
    if (main.isCancelled()) {
      throw new CancellationException("the main coroutine of the event loop was cancelled");
    }
    return main.result();
  }
}
