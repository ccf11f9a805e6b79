package dev.heddle.futures.task;

import dev.heddle.base.Check;
import dev.heddle.base.Describe;
import dev.heddle.base.StackSpace;
import dev.heddle.futures.BrokenExecutorException;
import dev.heddle.futures.ContextCarrier;
import dev.heddle.futures.ExecutorStats;
import dev.heddle.futures.Future;
import dev.heddle.futures.Limit;
import dev.heddle.futures.Permit;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.TaskListener;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.TimeSource;
import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.FutureState.Done;
import dev.heddle.futures.core.FutureState.Failure;
import dev.heddle.futures.core.FutureState.Success;
import dev.heddle.futures.core.IgnoredErrors;
import dev.heddle.futures.core.RunningTask;
import dev.heddle.futures.engine.InFlight;
import dev.heddle.futures.limit.OwnedLimit;
import dev.heddle.futures.spi.Attempt;
import dev.heddle.futures.spi.Engine;
import dev.heddle.futures.spi.Work;
import dev.heddle.timeline.TimelineRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings tasks to an engine and follows them to their end: counts outcomes, starts further attempts after a pause, notifies
 * the listener, and shuts the engine down when it is closed and its last task has ended. Thread-safe; no method blocks.
 */
public final class TaskScheduler {
  private final String name;
  private final PoolOptions options;
  private final Engine engine;
  private final @Nullable TaskSpans spans; // null if nothing is recorded
  private final LongAdder succeeded = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder cancelled = new LongAdder();
  private final LongAdder retried = new LongAdder();
  private final Set<TaskFuture<?>> pausing = ConcurrentHashMap.newKeySet(); // between two attempts
  private final InFlight unfinished = new InFlight(this::allEnded);
  private volatile boolean stopping; // by stop(): attempts that begin from now on are cancelled
  private volatile @Nullable BrokenExecutorException broken;
  private final boolean keepsAlive; // the program, while tasks are unfinished
  private volatile boolean keptAlive;
  private final SchedulerView view;

  /**
   * A scheduler without tasks.
   *
   * @param keepsAlive whether unfinished tasks keep the program running; for engines whose threads do not
   * @param engine creates the engine, which may refer to this scheduler but must not use it yet
   */
  public TaskScheduler(
      String name, PoolOptions options, boolean keepsAlive, Function<TaskScheduler, Engine> engine) {
    this.name = name;
    this.options = options;
    this.keepsAlive = keepsAlive;
    TimelineRecorder timeline = options.timeline();
    this.spans = timeline == null ? null : new TaskSpans(name, timeline);
    this.engine = engine.apply(this);
    this.view = new SchedulerView(this, keepsAlive);
  }

  /** The executor's name. */
  public String name() {
    return name;
  }

  /** The executor's options. */
  public PoolOptions options() {
    return options;
  }

  /** The engine that runs the tasks. */
  public Engine engine() {
    return engine;
  }

  /** Returns the record of the attempts on threads; null if there is none. */
  @Nullable
  TaskSpans spans() {
    return spans;
  }

  boolean isStopping() {
    return stopping;
  }

  TimeSource time() {
    return options.time();
  }

  // ---- starting tasks ----

  /**
   * Submits a task.
   *
   * @throws RejectedExecutionException if the executor is closed or broken, or its engine cannot run the task
   */
  public <T extends @Nullable Object> TaskFuture<T> start(TaskOptions how, Callable<? extends T> task) {
    return start(how, task, false);
  }

  /** Submits a task, whose time can be asked for if it is measured. */
  public <T extends @Nullable Object> TaskFuture<T> start(TaskOptions how, Callable<? extends T> task, boolean measured) {
    StackSpace.ensureSome();
    Check.notNull(how, "options");
    Check.notNull(task, "task");
    if (how.priority() != 0 && !engine.hasPriorities()) {
      throw new IllegalArgumentException(
          "priority must be 0 on executor '" + name + "', which begins tasks in the order of their submission, but was "
              + how.priority() + "; leave it out, or use ThreadPool.of(n) or ThreadPool.virtual(limit)");
    }
    ContextCarrier carrier = options.context();
    ContextCarrier.Captured context = carrier == null ? null : carrier.capture();
    long number = unfinished.enter();
    if (number == 0) {
      throw new RejectedExecutionException(
          "executor '" + name + "' was closed and accepts no more tasks; submit before close() or shutdown(),"
              + " or make a new executor");
    }
    TaskFuture<T> future;
    try {
      future = measured || how.retry().deadline() != null
          ? new MeasuredTask<>(this, how, number, task, context)
          : new TaskFuture<>(this, how, number, task, context);
      if (!keptAlive && (keepsAlive || future.mayPause())) { // a task that pauses has no thread
        keptAlive = true;
        KeepAlive.whileBusy(this);
      }
    } catch (Throwable e) { // out of memory
      cancelled.increment();
      unfinished.exit();
      throw e;
    }
    try {
      notifyListener(listener -> listener.submitted(future));
      if (broken != null) {
        throw new BrokenExecutorException(broken);
      }
      if (how.delay().isZero()) {
        queue(future);
      } else {
        pauseUntil(future, () -> time().schedule(how.delay(), () -> startAgain(future)));
      }
    } catch (Throwable e) { // rejected, or an error of the engine: nothing else would complete the future
      future.abort(e);
      throw e;
    }
    if (broken != null) { // it broke meanwhile, perhaps before the task was queued
      failNotBegun(broken);
    }
    return future;
  }

  /** Marks the executor as broken: fails the tasks that have not begun, and rejects new ones. */
  public BrokenExecutorException breakWith(Throwable cause) {
    BrokenExecutorException error = new BrokenExecutorException(
        "executor '" + name + "' is broken: its initializer failed (" + Describe.failure(cause)
            + "); correct the initializer and make a new executor",
        cause);
    broken = error;
    failNotBegun(error);
    return error;
  }

  private void failNotBegun(BrokenExecutorException error) {
    engine.drain().forEach(work -> work.abort(new BrokenExecutorException(error)));
  }

  /**
   * Called by {@link KeepAlive}: returns whether no task is unfinished, and this scheduler will register again with the
   * next.
   *
   * <p>A submitter counts its task, then reads the flag; this clears the flag, then reads the count: one sees the other.
   */
  boolean isIdle() {
    keptAlive = false;
    if (unfinished.isEmpty()) {
      return true;
    }
    keptAlive = true;
    return false;
  }

  // ---- called by tasks ----

  /** Returns the tasks that occupy all workers and wait; empty if a worker does not wait, and so may take a queued task. */
  List<RunningTask> occupants() {
    Engine.Load load = engine.load();
    if (load.waiting() < load.workers()) {
      return List.of();
    }
    List<RunningTask> tasks = new ArrayList<>();
    for (Attempt attempt : engine.running()) {
      tasks.add((TaskAttempt<?>) attempt);
    }
    return tasks.size() < load.workers() ? List.of() : tasks;
  }

  void started(TaskFuture<?> task) {
    if (options.listener() != null) { // without allocating the call otherwise
      notifyListener(listener -> listener.started(task));
    }
  }

  void ended(TaskFuture<?> task, Done outcome) {
    try {
      count(outcome).increment();
      if (task.mayPause()) {
        pausing.remove(task);
      }
      if (options.listener() != null) {
        notifyListener(listener -> listener.finished(task));
      }
    } finally {
      unfinished.exit();
    }
  }

  private LongAdder count(Done outcome) { // no switch: its first run would take 1.5 ms of a program's first task
    if (outcome instanceof Success) {
      return succeeded;
    }
    return outcome instanceof Failure ? failed : cancelled;
  }

  /** Starts another attempt at a task, after a pause. */
  void retry(TaskFuture<?> task, Duration pause, Throwable failure) {
    retried.increment();
    notifyListener(listener -> listener.retrying(task, failure));
    if (pause.isZero()) {
      startAgain(task);
      return;
    }
    pauseUntil(task, () -> time().schedule(pause, () -> startAgain(task)));
  }

  private void pauseUntil(TaskFuture<?> task, Supplier<TimeSource.Scheduled> end) {
    pausing.add(task); // first: when the timer is set, a shutdown must find the task
    task.pauseUntil(task.pauseBegins(), end.get());
    if (stopping) { // stop() may have found it neither among the running nor among the pausing tasks
      task.cancel(false);
    }
    if (task.isDone()) { // cancelled since the attempt, perhaps before it was among the pausing tasks
      pausing.remove(task);
    }
  }

  /** Gives a task to the engine, once it has the permit that it may need. */
  private void queue(TaskFuture<?> task) {
    Limit limit = task.options().limit();
    if (limit == null) {
      engine.start(task);
      return;
    }
    Future<Permit> permit = limit instanceof OwnedLimit own ? own.acquire(task::heldUpBy) : limit.acquire();
    if (permit.isDone()) {
      queueWith(task, permit);
      return;
    }
    pauseUntil(task, () -> new PermitWait(permit));
    if (!((CoreFuture<Permit>) permit).observe(_ -> permitted(task, permit))) {
      permitted(task, permit);
    }
  }

  private void permitted(TaskFuture<?> task, Future<Permit> permit) {
    pausing.remove(task);
    try {
      queueWith(task, permit);
    } catch (Throwable e) { // rejected, or an error of the engine or the limit: nothing else would complete the future
      task.abort(e);
    }
  }

  private void queueWith(TaskFuture<?> task, Future<Permit> permit) {
    if (permit.isCancelled()) {
      task.cancel(false);
      return;
    }
    Throwable failure = ((CoreFuture<Permit>) permit).failure();
    if (failure != null) {
      ((CoreFuture<Permit>) permit).ignoreFailure();
      task.abort(failure);
      return;
    }
    task.pauseEnded(permit.result());
    engine.start(task);
  }

  private void startAgain(TaskFuture<?> task) {
    pausing.remove(task);
    try {
      task.pauseEnded(null);
      queue(task);
    } catch (Throwable e) { // rejected, or an error of the engine: nothing else would complete the future
      task.abort(e);
    }
  }

  private void notifyListener(Consumer<TaskListener> what) {
    TaskListener listener = options.listener();
    if (listener != null) {
      try {
        what.accept(listener);
      } catch (Throwable e) {
        IgnoredErrors.log("the task listener of executor ", name, e);
      }
    }
  }

  // ---- the end ----

  /** Accepts no more tasks. */
  public void close() {
    unfinished.close();
  }

  private void allEnded() {
    view.close();
    engine.shutdown();
    if (keptAlive) {
      KeepAlive.look();
    }
  }

  /** Returns whether {@link #close} was called. */
  public boolean isClosed() {
    return unfinished.isClosed();
  }

  /** Returns whether {@link #close} was called and every task has ended. */
  public boolean isDrained() {
    return unfinished.isDrained();
  }

  /** Cancels all tasks, also those that begin at this moment; returns the bodies of those that have not begun. */
  public List<Runnable> stop() {
    stopping = true;
    List<Runnable> notBegun = cancelNotBegun();
    for (Attempt attempt : engine.running()) {
      TaskFuture<?> task = (TaskFuture<?>) attempt.work();
      if (task.isDone()) {
        engine.stop(attempt); // the body runs on although the task has timed out or was cancelled: interrupt it again
      } else {
        task.cancel(true);
      }
    }
    return notBegun;
  }

  /** Cancels the tasks that have not begun or pause between attempts; returns their bodies. */
  public List<Runnable> cancelNotBegun() {
    List<Work> waiting = new ArrayList<>(engine.drain());
    waiting.addAll(pausing);
    List<Runnable> bodies = new ArrayList<>();
    for (Work work : waiting) {
      Callable<?> body = work.body();
      if (((TaskFuture<?>) work).cancel(false) && body != null) {
        bodies.add(TaskAdapters.asRunnable(body));
      }
    }
    return bodies;
  }

  /** Counts the tasks; the figures are read one after the other. */
  public ExecutorStats stats() {
    Engine.Load load = engine.load();
    long accepted = unfinished.begun();
    long ended = succeeded.sum() + failed.sum() + cancelled.sum();
    return new ExecutorStats(
        accepted,
        succeeded.sum(),
        failed.sum(),
        cancelled.sum(),
        retried.sum(),
        (int) Math.max(0, accepted - ended - load.running()),
        load.running(),
        load.waiting(),
        load.workers(),
        engine.failedStarts());
  }
}
