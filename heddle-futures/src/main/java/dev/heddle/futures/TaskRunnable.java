package dev.heddle.futures;

import dev.heddle.base.Describe;
import java.io.Serializable;

/**
 * A task without a result, which may throw; it can be sent to another process if what it captures can.
 *
 * <p>It is a {@link Runnable}, so that {@code submit} of a lambda without a result is not ambiguous beside the methods of
 * {@code ExecutorService}.
 */
@FunctionalInterface
public interface TaskRunnable extends Runnable, Serializable {

  /** Runs the task. */
  void runTask() throws Exception;

  /**
   * Runs the task where only a {@link Runnable} is expected.
   *
   * @throws IllegalStateException if the task throws a checked exception, which is the cause; unchecked ones are thrown as
   *     they are
   */
  @Override
  @SuppressWarnings("FunctionalInterfaceMethodChanged") // a Runnable must not throw checked exceptions, a task may
  default void run() {
    try {
      runTask();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new IllegalStateException("a task failed: " + Describe.failure(e), e);
    }
  }
}
