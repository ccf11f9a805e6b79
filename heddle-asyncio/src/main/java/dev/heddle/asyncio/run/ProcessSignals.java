package dev.heddle.asyncio.run;

import dev.heddle.asyncio.LoopInterruptedException;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.diagnostics.LoopLog;
import dev.heddle.base.process.HandledSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Handles SIGINT and SIGTERM for a run on the program's main thread: the first one cancels the main coroutine, so that
 * {@code finally} blocks run, and a second one ends the process at once. The exit code is the usual one, 128 and the
 * signal's number, unless the program calls {@link System#exit} before. A signal that arrives again within a second is the
 * same request: terminals, supervisors and {@code timeout} signal a process and its group.
 *
 * <p>After the run the main thread has a few seconds to end by itself, and then the process exits. Signals that the program
 * handles itself, or that are ignored, stay as they are.
 *
 * <p>Where signals cannot be handled ({@link HandledSignal#obstacle}), they end the process as they would without an event
 * loop.
 */
final class ProcessSignals {
  /** Within this time a further signal is the same request, in nanoseconds. */
  private static final long SAME_REQUEST_NANOS = 1_000_000_000L;

  /** So long the main thread may take to end after the run, in milliseconds. */
  private static final long MAIN_PATIENCE = 5_000;
  private static final long LOOP_PATIENCE = 5_000; // in milliseconds, too

  private final Function<String, CountDownLatch> onSignal;
  private final Predicate<String> ofProgram;
  private final Thread main = Thread.currentThread();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<HandledSignal> handled = new ArrayList<>();
  private volatile boolean received;

  /** Tells that the loop has received the signal; null before there was one. */
  private volatile @Nullable CountDownLatch heard;

  /** The end of the loop after its run, which the process waits for; null if the run has ended it. */
  private volatile @Nullable CountDownLatch closing;
  private long receivedAt;

  private ProcessSignals(Function<String, CountDownLatch> onSignal, Predicate<String> ofProgram) {
    this.onSignal = onSignal;
    this.ofProgram = ofProgram;
  }

  /**
   * Installs handlers if the calling thread is the program's main thread; otherwise returns null.
   *
   * @param onSignal called with the signal's name, on a thread of its own; the latch tells that the loop has received it
   * @param ofProgram passes a signal, without SIG, on to a handler of the program; false if there is none
   */
  static @Nullable ProcessSignals install(Function<String, CountDownLatch> onSignal, Predicate<String> ofProgram) {
    Thread thread = Thread.currentThread();
    ThreadGroup group = thread.getThreadGroup();
    if (!thread.getName().equals("main") || group == null || !group.getName().equals("main")) {
      return null;
    }
    ProcessSignals signals = new ProcessSignals(onSignal, ofProgram);
    signals.handle("INT");
    signals.handle("TERM");
    return signals;
  }

  /**
   * Returns an exception whose trace is not printed if it ends the main thread: that a signal ends a program is no failure.
   */
  static LoopInterruptedException quietly(LoopInterruptedException end) {
    Thread thread = Thread.currentThread();
    if (thread.getUncaughtExceptionHandler() == thread.getThreadGroup()
        && Thread.getDefaultUncaughtExceptionHandler() == null) {
      ThreadGroup group = thread.getThreadGroup();
      thread.setUncaughtExceptionHandler(
          (where, thrown) -> {
            if (thrown != end) {
              group.uncaughtException(where, thrown);
            }
          });
    }
    return end;
  }

  private void handle(String name) {
    HandledSignal signal = HandledSignal.of(name, "the event loop", exitCode -> {
      if (!ofProgram.test(name)) {
        received("SIG" + name, exitCode);
      }
    });
    String obstacle = signal.obstacle();
    if (obstacle != null) {
      LoopLog.detail(obstacle + "; so it does not cancel the main coroutine");
    }
    handled.add(signal);
  }

  /** Called on a thread of its own for each signal. */
  private void received(String name, int exitCode) {
    synchronized (this) {
      long now = System.nanoTime();
      if (received) {
        if (now - receivedAt < SAME_REQUEST_NANOS) {
          return;
        }
        Runtime.getRuntime().halt(exitCode);
      }
      receivedAt = now;
      received = true;
    }
    // not a daemon as the calling thread is: the JVM must not end with the main thread and another code before
    Thread.ofPlatform().daemon(false).name("heddle-exit").start(() -> endProcess(name, exitCode));
  }

  private void endProcess(String name, int exitCode) {
    CountDownLatch loop = onSignal.apply(name);
    heard = loop;
    if (ended.getCount() == 0) { // between its last turn and close(): a runner's loop does not get to it
      loop.countDown();
    }
    try {
      if (!loop.await(LOOP_PATIENCE, TimeUnit.MILLISECONDS)) {
        giveUp(name, exitCode);
      }
      ended.await(); // the run ends within its shutdown time-out, or a second signal ends the process
      main.join(MAIN_PATIENCE);
      CountDownLatch further = closing;
      if (further != null) {
        further.await(); // at most the shutdown time-out, too
        main.join(MAIN_PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().exit(exitCode);
  }

  /** Ends the process although the loop has not received the signal: its thread is blocked, or computes. */
  private void giveUp(String name, int exitCode) {
    Throwable there = new LoopStateException("the event loop's thread, when it was asked to end");
    there.setStackTrace(main.getStackTrace());
    LoopLog.warning(
        "the process ends by " + name + " without the clean-up of its coroutines: the event loop did not get to it within "
            + LOOP_PATIENCE / 1000
            + " s, since its thread is in a call that blocks or computes; use Asyncio.toThread for such calls",
        there);
    Runtime.getRuntime().exit(exitCode);
  }

  /** Returns whether a signal has come: the process is about to exit. */
  boolean hasReceived() {
    return received;
  }

  /** Lets the process wait, if it is about to exit, until the latch tells that the loop has ended. */
  void waitFor(CountDownLatch endOfLoop) {
    closing = endOfLoop;
  }

  /** Ends the run's handling: without a signal the handlers before are restored; after one the process is about to exit. */
  void close() {
    ended.countDown();
    CountDownLatch loop = heard;
    if (loop != null) {
      loop.countDown();
    }
    if (!received) {
      handled.forEach(HandledSignal::close);
    }
  }
}
