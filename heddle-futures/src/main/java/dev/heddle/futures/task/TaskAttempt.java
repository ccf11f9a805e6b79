package dev.heddle.futures.task;

import dev.heddle.futures.Permit;
import dev.heddle.futures.TaskTimeoutException;
import dev.heddle.futures.TimeSource;
import dev.heddle.futures.core.FutureState.Cancelled;
import dev.heddle.futures.core.FutureState.Done;
import dev.heddle.futures.core.FutureState.Failure;
import dev.heddle.futures.core.FutureState.Success;
import dev.heddle.futures.core.IgnoredErrors;
import dev.heddle.futures.core.RunningTask;
import dev.heddle.futures.spi.Attempt;
import dev.heddle.futures.spi.Engine;
import dev.heddle.futures.task.TaskSpans.TaskSpan;
import dev.heddle.timeline.Span.Ending;
import java.time.Duration;
import java.util.function.Consumer;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a task.
 *
 * <p>Its monitor guards three fields: the thread that may be interrupted, whether it was, and whether the attempt has ended. An interrupt for
 * this task cannot reach the thread's next task, and only the first end counts: that of the body, the time-out or the
 * engine.
 */
public final class TaskAttempt<T extends @Nullable Object> extends RunningTask implements Attempt {
  private final TaskFuture<T> task;
  private final int number;
  private final @Nullable TaskEvent event;
  private volatile TimeSource.@Nullable Scheduled timeout;
  private @Nullable Thread thread;
  private boolean interrupted;
  private boolean ended;
  private @Nullable Permit permit; // until the body has ended; written when this is made, and set to null under the monitor
  private volatile @Nullable TaskSpan span; // while the body runs here and is recorded
  private volatile @Nullable Consumer<Ending> elsewhere; // records the end of a body that ran elsewhere

  TaskAttempt(TaskFuture<T> task, int number, @Nullable Permit permit) {
    this.task = task;
    this.number = number;
    this.permit = permit;
    this.event = FlightRecorder.isInitialized() ? TaskEvent.start() : null; // loading TaskEvent would start JFR, which takes 100 ms
  }

  /** Starts the timer of the task's time-out, if it has one. */
  TaskAttempt<T> timed() {
    Duration limit = task.attemptLimit();
    if (limit != null) {
      timeout = task.scheduler().time().schedule(limit, () -> timedOut(limit));
    }
    return this;
  }

  /** Cancels the timer of the time-out. */
  void untimed() {
    forget(timeout);
  }

  /** Cancels a scheduled action; never throws, although the time source may be user code. */
  static void forget(TimeSource.@Nullable Scheduled later) {
    if (later != null) {
      try {
        later.cancel();
      } catch (Throwable e) {
        IgnoredErrors.log("a time source that was to cancel an action", e);
      }
    }
  }

  /**
   * Gives the permit back, unless the body runs on a thread of this JVM: then it is given back when the body has ended, also
   * if the attempt has timed out or was cancelled before.
   */
  void releaseUnlessRunning() {
    if (permit == null) { // read without the monitor: once it is null it stays so, and a task without a limit has none from the start
      return;
    }
    Permit held;
    synchronized (this) {
      held = thread == null ? permit : null;
      if (held != null) {
        permit = null;
      }
    }
    if (held != null) {
      release(held);
    }
  }

  /** Gives a permit back; never throws, although the limit may be user code. */
  static void release(Permit permit) {
    try {
      permit.close();
    } catch (Throwable e) {
      IgnoredErrors.log("a limit whose permit was given back", e);
    }
  }

  /** Asks the engine to interrupt this attempt; never throws, although the engine may be user code. */
  void stop() {
    try {
      engine().stop(this);
    } catch (Throwable e) { // the body may run on, but waiting and cancelling threads must not fail because of it
      IgnoredErrors.log("the engine of executor '" + scheduler().name() + "', which was to stop task '" + name() + "',", e);
    }
  }

  /** The scheduler of the task's executor. */
  public TaskScheduler scheduler() {
    return task.scheduler();
  }

  @Override
  public String name() {
    return task.name();
  }

  @Override
  protected Engine engine() {
    return scheduler().engine();
  }

  // ---- the attempt ----

  @Override
  public TaskFuture<T> work() {
    return task;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public void run() {
    if (!attach(Thread.currentThread())) {
      return;
    }
    TaskSpans spans = task.scheduler().spans();
    TaskSpan recorded = spans == null ? null : spans.begin(task.name());
    if (recorded != null) {
      span = recorded;
    }
    try {
      RunningTask outer = enter();
      try {
        Done outcome = task.scheduler().isStopping() ? stopped() : call();
        if (detach()) {
          report(outcome); // still as this task, so that the engine can make up for callbacks that wait
        }
      } finally {
        leave(outer);
      }
    } catch (Throwable e) { // out of memory on the way to the body or after it
      if (detach()) {
        report(Failure.of(e));
      } else {
        IgnoredErrors.log("the end of a task", e);
      }
    }
    if (recorded != null) {
      recorded.end(task.isCancelled() ? Ending.CANCELLED : Ending.FAILED); // unless it was reported before
    }
    releaseUnlessRunning();
  }

  /** Records how this attempt ends, once it is known and before others learn of it. */
  void recordEnd(Ending how) {
    TaskSpan recorded = span;
    if (recorded != null) {
      if (runsHere()) {
        recorded.decide(how);
      } else {
        recorded.end(how);
      }
    }
    Consumer<Ending> recorder = elsewhere;
    if (recorder != null) {
      recorder.accept(how);
    }
  }

  @Override
  public void onEnd(Consumer<Ending> recorder) {
    elsewhere = recorder;
  }

  private synchronized boolean runsHere() {
    return thread != null;
  }

  @Override
  public boolean started() {
    if (task.scheduler().isStopping()) {
      stopped();
      return false;
    }
    try {
      task.scheduler().started(task);
    } catch (Throwable e) { // out of memory or stack on the way to the listener
      fail(e);
    }
    return !task.isDone() && !hasEnded();
  }

  private synchronized boolean hasEnded() {
    return ended;
  }

  private Done call() {
    try {
      task.scheduler().started(task);
      return new Success(task.call());
    } catch (Throwable e) {
      return Failure.of(e);
    }
  }

  /** Cancels an attempt that begins at the moment of a {@code shutdownNow}, which may not have seen it. */
  private Done stopped() {
    task.cancel(true);
    return Cancelled.INSTANCE;
  }

  private synchronized boolean attach(Thread runner) {
    thread = ended ? null : runner;
    return !ended;
  }

  /**
   * Ends the attempt on its own thread and clears the thread's interrupt status. Returns whether it had not ended before.
   */
  private boolean detach() {
    boolean first;
    synchronized (this) {
      thread = null;
      first = !ended;
      ended = true;
    }
    Thread.interrupted();
    return first;
  }

  private synchronized boolean end() {
    boolean first = !ended;
    ended = true;
    return first;
  }

  private void report(Done outcome) {
    try {
      untimed();
      if (event != null) {
        event.finish(task, number, task.isCancelled() ? Cancelled.INSTANCE : outcome);
      }
    } finally { // also after an OutOfMemoryError: nothing else would complete the future
      try {
        task.attemptEnded(this, outcome);
      } finally { // not before: what waits for the permit is to come after this attempt
        releaseUnlessRunning();
      }
    }
  }

  @Override
  public synchronized void interrupt() {
    if (thread != null) {
      interrupted = true;
      thread.interrupt();
    }
  }

  @Override
  public synchronized boolean wasInterrupted() {
    return interrupted;
  }

  @Override
  public void succeed(@Nullable Object result) {
    if (end()) {
      Done outcome;
      try {
        outcome = new Success(result);
      } catch (OutOfMemoryError e) {
        outcome = Failure.of(e);
      }
      report(outcome);
    }
  }

  @Override
  public void fail(Throwable cause) {
    if (end()) {
      report(Failure.of(cause));
    }
  }

  private void timedOut(Duration limit) {
    if (end()) {
      // The thread first, then the future: a retry must not begin before this attempt has been interrupted.
      stop();
      Done outcome;
      try {
        TaskTimeoutException late = limit.equals(task.options().timeout())
            ? new TaskTimeoutException(task.name(), limit)
            : TaskTimeoutException.atDeadline(task.name(), limit);
        Throwable before = task.failedBefore();
        if (before != null) {
          late.addSuppressed(before);
        }
        outcome = new Failure(late);
      } catch (OutOfMemoryError e) {
        outcome = Failure.of(e);
      }
      report(outcome);
    }
  }
}
