package dev.heddle.futures;

import dev.heddle.futures.FutureState.Cancelled;
import dev.heddle.futures.FutureState.Done;
import dev.heddle.futures.FutureState.Failure;
import dev.heddle.futures.FutureState.Success;
import dev.heddle.futures.spi.Attempt;
import dev.heddle.futures.spi.Engine;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a task.
 *
 * <p>Its monitor guards two facts: which thread may be interrupted, and whether the attempt has ended. So an interrupt meant
 * for this task cannot hit the thread's next one, and only the first end counts: the body's, the time-out's or the engine's.
 */
final class TaskRun<T extends @Nullable Object> implements Attempt {
  private static final ThreadLocal<@Nullable TaskRun<?>> CURRENT = new ThreadLocal<>();

  private final TaskFuture<T> task;
  private final int number;
  private final @Nullable TaskEvent event;
  private volatile TimeSource.@Nullable Scheduled timeout;
  private volatile @Nullable Wait waitsFor;
  private @Nullable Thread thread;
  private boolean ended;

  TaskRun(TaskFuture<T> task, int number) {
    this.task = task;
    this.number = number;
    this.event = FlightRecorder.isInitialized() ? TaskEvent.start() : null; // the event's class would start it: 100 ms
  }

  /** Starts the clock of the task's time-out, if it has one. */
  TaskRun<T> timed() {
    var limit = task.options().timeout();
    if (limit != null) {
      timeout = task.executor().time().schedule(limit, this::timedOut);
    }
    return this;
  }

  /** Stops that clock, for the task was cancelled. */
  void untimed() {
    forget(timeout);
  }

  /** Cancels what is due later; never throws, although the time source may be the user's. */
  static void forget(TimeSource.@Nullable Scheduled later) {
    if (later != null) {
      try {
        later.cancel();
      } catch (Throwable e) {
        Log.ignored("a time source that was to forget an action", e);
      }
    }
  }

  /** Tells the engine to end it, which is no longer needed; never throws, although the engine may be the user's. */
  void stop() {
    try {
      engine().stop(this);
    } catch (Throwable e) { // its body may go on, but whoever waits for the task or cancels others must not suffer for it
      Log.ignored("the engine of executor '" + executorName() + "', which was to stop task '" + name() + "',", e);
    }
  }

  /** The attempt that the calling thread runs, or null if it runs none. */
  static @Nullable TaskRun<?> current() {
    return CURRENT.get();
  }

  String name() {
    return task.name();
  }

  String executorName() {
    return task.executor().name();
  }

  boolean isOf(EngineExecutor executor) {
    return task.executor() == executor;
  }

  Engine engine() {
    return task.executor().engine();
  }

  /** The wait this attempt is in, without a time-out; null if there is none. */
  @Nullable
  Wait waitsFor() {
    return waitsFor;
  }

  void waitsFor(@Nullable Wait wait) {
    waitsFor = wait;
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
    TaskRun<?> outer = CURRENT.get();
    CURRENT.set(this);
    try {
      Done outcome = task.executor().isStopping() ? stopped() : call();
      if (detach()) {
        report(outcome); // still as this task, so that callbacks that wait lend their thread's place
      }
    } finally {
      CURRENT.set(outer);
    }
  }

  @Override
  public boolean started() {
    if (task.executor().isStopping()) {
      stopped();
      return false;
    }
    try {
      task.executor().started(task);
    } catch (Throwable e) { // out of memory or stack in the listener's way
      fail(e);
    }
    return !task.isDone() && !hasEnded();
  }

  private synchronized boolean hasEnded() {
    return ended;
  }

  private Done call() {
    try {
      task.executor().started(task);
      return new Success(task.call());
    } catch (Throwable e) {
      return new Failure(e);
    }
  }

  /** Begun in the very moment of a {@code shutdownNow}, which may not have seen it. */
  private Done stopped() {
    task.cancel(true);
    return Cancelled.INSTANCE;
  }

  private synchronized boolean attach(Thread runner) {
    thread = ended ? null : runner;
    return !ended;
  }

  /** Ends the attempt on its own thread, and leaves no interrupt of it behind. True if it had not ended before. */
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
    } finally { // even out of memory: nobody else would end the future
      task.attemptEnded(this, outcome);
    }
  }

  @Override
  public synchronized void interrupt() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  @Override
  public void succeed(@Nullable Object result) {
    if (end()) {
      report(new Success(result));
    }
  }

  @Override
  public void fail(Throwable cause) {
    if (end()) {
      report(new Failure(cause));
    }
  }

  private void timedOut() {
    var limit = task.options().timeout();
    if (limit != null && end()) {
      // The thread first, then the future: a retry must not begin while this attempt has not even been told to end.
      stop();
      report(new Failure(new TaskTimeoutException(task.name(), limit)));
    }
  }
}
