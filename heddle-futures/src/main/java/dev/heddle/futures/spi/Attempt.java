package dev.heddle.futures.spi;

import dev.heddle.timeline.Span;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One try at running a task.
 *
 * <p>It ends once: by {@link #run}, or by {@link #succeed} or {@link #fail} from an engine that runs it elsewhere. A report
 * that comes too late (the task was cancelled or timed out meanwhile) is ignored. Thread-safe.
 */
public interface Attempt {

  /** The work that this is an attempt at. */
  Work work();

  /** The number of this attempt: 1 for the first. */
  int number();

  /**
   * Reports that the body is about to run elsewhere; for engines that do not call {@link #run}.
   *
   * @return whether it may run: false if the attempt has ended, because the task was cancelled or the executor shut down
   */
  boolean started();

  /** Calls the body on this thread and reports its outcome; throws nothing. */
  void run();

  /** Interrupts the thread that is in {@link #run}; does nothing when none is. */
  void interrupt();

  /**
   * Sets what is told how the attempt ends, before others learn of it: {@code RETRIED} if another one follows. For engines that
   * record what runs elsewhere, before they report its end; an attempt that has ended already tells nothing.
   */
  default void onEnd(Consumer<Span.Ending> recorder) {}

  /** Reports the result of a body that ran elsewhere. */
  void succeed(@Nullable Object result);

  /** Reports the failure of a body that ran elsewhere. */
  void fail(Throwable cause);
}
