package dev.heddle.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C into an interrupt of the thread that does the work, and lets it report what was done.
 *
 * <p>When the JVM is told to end, it waits for its shutdown hooks; this one waits until it is closed, or for ten seconds.
 * The JVM then ends with the exit code of the signal: 130 for SIGINT.
 */
final class CtrlC implements AutoCloseable {
  private static final long LONGEST_GOODBYE_SECONDS = 10;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;

  private CtrlC(Thread worker) {
    hook = Thread.ofPlatform().name("heddle-interrupt").unstarted(() -> {
      worker.interrupt();
      try {
        done.await(LONGEST_GOODBYE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // nobody does that; were it done, the JVM would simply end sooner
      }
    });
  }

  /** Interrupts the calling thread on Ctrl-C, until this is closed. */
  static CtrlC interruptsThisThread() {
    CtrlC interrupt = new CtrlC(Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(interrupt.hook);
    return interrupt;
  }

  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending already, and this hook is what it waited for.
    }
  }
}
