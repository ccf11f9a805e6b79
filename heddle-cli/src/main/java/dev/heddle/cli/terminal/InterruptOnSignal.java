package dev.heddle.cli.terminal;

import dev.heddle.base.process.HandledSignal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGINT and SIGTERM into an interrupt of the working thread, so that it can report what was done.
 *
 * <p>It is a shutdown hook that interrupts the thread and then waits until this is closed, for at most ten seconds. The JVM
 * then exits with the code of the signal: 130 for SIGINT, 143 for SIGTERM.
 *
 * <p>The signals have a handler of this program, with the effect of the JDK's own: event loops on the main thread replace
 * the JDK's by theirs, with which the exit code is that of whatever the program returns, and leave a handler of the program
 * alone.
 */
public final class InterruptOnSignal implements AutoCloseable {
  private static final long MAX_WAIT_SECONDS = 10;

  private final CountDownLatch signalled = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;
  private final HandledSignal onInt = HandledSignal.of("INT", "heddle", Runtime.getRuntime()::exit);
  private final HandledSignal onTerm = HandledSignal.of("TERM", "heddle", Runtime.getRuntime()::exit);

  private InterruptOnSignal(Thread worker) {
    hook = Thread.ofPlatform().name("heddle-interrupt").unstarted(() -> {
      worker.interrupt();
      signalled.countDown(); // last: a worker that goes on then is not interrupted any more
      try {
        done.await(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // not expected; the JVM then exits sooner
      }
    });
  }

  /** Starts to interrupt the calling thread on a signal, until the result is closed. */
  public static InterruptOnSignal interruptsThisThread() {
    InterruptOnSignal interrupt = new InterruptOnSignal(Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(interrupt.hook);
    return interrupt;
  }

  /** Waits until a signal has arrived, and its interrupt with it; returns false if none does in time. */
  public boolean awaitSignal(Duration timeout) throws InterruptedException {
    return signalled.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
      onInt.close();
      onTerm.close();
    } catch (IllegalStateException e) {
      // The JVM is shutting down and waits for this hook.
    }
  }
}
