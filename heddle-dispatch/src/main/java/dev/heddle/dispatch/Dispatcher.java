package dev.heddle.dispatch;

import dev.heddle.base.StackSpace;
import dev.heddle.futures.BrokenExecutorException;
import dev.heddle.futures.live.LiveEngine;
import dev.heddle.futures.live.LiveRows;
import dev.heddle.futures.spi.Attempt;
import dev.heddle.futures.spi.Engine;
import dev.heddle.futures.spi.LocalWrapper;
import dev.heddle.futures.spi.Work;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The engine of pools whose workers are elsewhere: it accepts tasks, assigns them to workers, and completes their futures. It knows
 * workers as {@link WorkerChannel}s only and never sees how a task is encoded ({@link TaskCodec}).
 *
 * <h2>Which worker gets a task</h2>
 *
 * <p>A task goes to the worker that has been idle for the shortest time, since its caches are the warmest. If none is idle, the
 * task waits in one queue for the whole pool ({@link PendingTasks}), by priority and in order of submission, and a worker is
 * started for it as long as fewer run than are allowed. As many are started as tasks wait, less those already starting; so the
 * number of pending tasks must be exact, cancelled ones excluded: a wrong one hangs a pool or starts processes in vain.
 *
 * <h2>Sending ahead, and stealing back</h2>
 *
 * <p>A worker that finishes a task of a microsecond and then waits for the next one to arrive wastes most of its time. So a busy
 * worker is sent more tasks ahead, but only as many as it will run within about a millisecond, by the measured mean of its run
 * times: one long task in front of others must not delay them. Nothing is known of a worker's first tasks, so they are sent one by
 * one. A task that was sent ahead is not tied to its worker: until the worker claims it, by a compare-and-set of a word that both
 * sides share, it can be taken back. An idle worker takes tasks from the end of a busy worker's queue; a cancelled task is
 * withdrawn; and what a lost worker had not started goes to another. "Has it begun?" always has one answer.
 *
 * <p>A task that has begun in the user's eyes (its attempt was told so) is never sent behind another task. And a task that was lost
 * three times before it began, each time with a worker that crashed, grew too large or did not take it, fails: it may be what ends
 * them (too large for their heap, say), and would starve the others for ever.
 *
 * <h2>Starting and ending workers</h2>
 *
 * <p>Spare workers wait to replace a worker that ends. A worker that is to retire after so many tasks is replaced by one spare
 * more, which starts with its last task; only one at a time, since it is a process more than the pool was allowed. Workers that
 * idle too long, take too much memory or do not take their tasks are {@linkplain Health dismissed or killed}; a task is stopped by
 * an {@linkplain WorkerChannel#interrupt interrupt} or, where the channel has none, by killing its worker, after everything behind
 * it was taken back. {@link WorkerStarts} decides when a pool that gets no workers is broken and when it tries again. The states
 * of a worker and of a task are in {@link WorkerState} and {@link DispatchedTask}.
 *
 * <h2>Threads and locks</h2>
 *
 * <p>A thread that submits a task sends it, and a thread that waits for a result reads it ({@link HelpingWaiters}): a thread in
 * between would cost two wake-ups of 40 to 50 µs each. Each channel has a thread of its own that reads when no other does.
 *
 * <p>One lock guards the assignment ({@link WorkerPool}, {@link WorkerQueue}, {@link PendingTasks}, {@link Lifetime},
 * {@link WorkerStarts}), and is held while a task is sent, but for what takes long ({@link WorkerChannel#depart}). Foreign code
 * is never called under it: {@link DeferredActions} keep that until the lock is free, and {@link Completions} complete the futures.
 *
 * <p>Lack of memory or stack is dealt with where a task is launched ({@link DeferredActions}), where messages are read
 * ({@link DeferredMessages}), where a worker is started ({@link WorkerStarts}) and where one ends ({@link WorkerReports}). What
 * calls users' code or ends futures ({@link Callbacks}, {@link Completions}, {@link TaskTimeline}, {@link Lifetime}) goes on with the
 * others when one throws. Each entry from a user's thread checks first that there is stack left ({@link StackSpace}).
 *
 * <p>Thread-safe. Only {@link #awaitTermination} blocks. Submitting a task happens-before it begins, and its end happens-before its
 * future is done.
 */
public final class Dispatcher implements Engine, LiveEngine, DeferredActions.Launcher {
  private final DispatchOptions options;
  private final TaskCodec codec;
  private final ChannelFactory factory;
  private final ReentrantLock lock = new ReentrantLock();
  private final Lifetime lifetime;
  private final DeferredActions deferred = new DeferredActions(this);
  final Runnable launching = deferred::run;
  private final WorkerStarts starts;
  private final WorkerPool workers;
  private final Health health;
  private final Cancellations cancellations;
  private final HelpingWaiters waiters;
  private final WorkerReports reports;
  private final PoolView view;

  /** Creates a dispatcher that has no workers and starts none before {@link #open} or the first task. */
  public Dispatcher(DispatchOptions options, TaskCodec codec, ChannelFactory factory) {
    this(options, codec, factory, System::nanoTime);
  }

  /** Creates a dispatcher with a clock of the caller's, which tells nanoseconds. */
  @SuppressWarnings("this-escape") // the parts call back only once a task or a worker comes
  Dispatcher(DispatchOptions options, TaskCodec codec, ChannelFactory factory, LongSupplier clock) {
    this.options = options;
    this.codec = codec;
    this.factory = factory;
    TaskTimeline timeline = new TaskTimeline(options.name(), options.timeline(), clock);
    this.lifetime = new Lifetime(options.name(), lock, timeline.closedBefore(factory::close));
    this.starts = new WorkerStarts(this, options, factory, codec, clock);
    this.workers = new WorkerPool(options, starts, deferred);
    this.health = new Health(this, workers, options);
    this.cancellations = new Cancellations(lock, workers, deferred);
    this.waiters = new HelpingWaiters(workers, options.lendsWaiters(), launching, clock);
    this.view = new PoolView(lock, workers, factory.kind());
    this.reports = new WorkerReports(this, options, health, starts, factory, timeline);
    timeline.watch(this);
  }

  WorkerPool workers() {
    return workers;
  }

  WorkerReports reports() {
    return reports;
  }

  void lock() {
    lock.lock();
  }

  /** Gives the lock back; then the {@link #deferred} actions are due. */
  void unlock() {
    lock.unlock();
  }

  DeferredActions deferred() {
    return deferred;
  }

  @Override
  public void start(Work work) {
    StackSpace.ensure();
    Callable<?> body = work.body();
    if (body == null) {
      return;
    }
    Payload payload;
    try {
      payload = codec.encode(work, LocalWrapper.innermost(body));
    } catch (Throwable e) { // whatever a task's own code throws when it is encoded fails that task
      work.abort(e);
      return;
    }
    DispatchedTask task = new DispatchedTask(work, payload);
    if (!enter(task) || deferred.launchNow(task)) { // else this thread has no memory or stack: another does what is due
      deferred.run();
    }
  }

  /** True if it has to be launched. */
  private boolean enter(DispatchedTask task) {
    boolean entered = false;
    lock.lock();
    try {
      lifetime.check(task.work.name());
      task.work.attach(task);
      boolean given = workers.accept(task);
      entered = true;
      return given;
    } finally {
      if (!entered && task.isQueued()) { // the start of a worker has failed with an error: the caller gets that, and the task is not run
        task.work.attach(null);
        workers.pending().drop(task);
      }
      lock.unlock();
      if (!entered) {
        giveBack(task);
      }
    }
  }

  /** The caller was refused, or has no memory left. */
  private void giveBack(DispatchedTask task) {
    Worker worker = task.worker();
    if (worker == null) {
      task.payload.release();
    } else { // it was assigned already: the launch takes it back, since it is not wanted any more
      deferred.launch(task);
      worker.channel.wakeUp();
    }
  }

  @Override
  public void launch(DispatchedTask task) {
    boolean begun = task.begin();
    locked(() -> {
      Worker worker = task.worker();
      if (worker == null) {
        return; // its worker has ended meanwhile, and it is on another way
      }
      if (task.isSent()) {
        if (!begun && !task.isDropped()) { // it was cancelled before it was known that a worker had come to it
          cancellations.endInWorker(worker, task, "task '" + task + "' was cancelled");
        }
      } else if (!begun || task.isDropped()) {
        worker.queue.retract(task);
        task.payload.release();
        workers.afterRetract(worker);
      } else if (worker.state().isLeaving() || !worker.queue.send(task)) {
        worker.queue.retract(task);
        workers.pending().addFirst(task);
        if (!worker.state().isLeaving()) {
          workers.condemn(worker, ExitReason.UNFIT, "it did not read what was sent");
        }
        workers.serve();
      } else {
        workers.topUp(worker);
        if (health.isLeftAlone(worker)) {
          worker.channel.wakeUp();
        }
      }
    });
    Worker worker = task.worker();
    if (worker != null) {
      worker.channel.depart();
    }
  }

  @Override
  public void refuse(DispatchedTask task, Throwable cause) {
    locked(() -> {
      Worker worker = task.worker();
      if (worker != null && !task.isSent()) {
        worker.queue.retract(task);
        workers.pending().drop(task);
        workers.afterRetract(worker);
      } // else the worker has it, or another thread goes on with it
    });
    task.fail(cause);
  }

  @Override
  public boolean withdraw(Work work) {
    StackSpace.ensure();
    return cancellations.withdraw(work);
  }

  /** What was sent ahead to a busy worker is under way, and is not overtaken. */
  @Override
  public boolean hasPriorities() {
    return true;
  }

  @Override
  public void stop(Attempt attempt) {
    StackSpace.ensure();
    cancellations.stop(attempt);
  }

  @Override
  public List<Work> drain() {
    return cancellations.drain();
  }

  @Override
  public void help(Work awaited, long nanos) {
    waiters.help(awaited, nanos);
  }

  @Override
  public void callBack(Runnable callbacks) {
    lifetime.callbacks().run(callbacks);
  }

  @Override
  public int lookahead() {
    return view.lookahead(parallelism());
  }

  @Override
  public boolean stopsByInterrupt() {
    return factory.interrupts();
  }

  @Override
  public Duration worthwhile() {
    return Duration.ofMillis(1);
  }

  @Override
  public void beginBlocking() {} // what waits here waits elsewhere, and its place cannot be lent

  @Override
  public void endBlocking() {}

  @Override
  public int parallelism() {
    return Math.clamp(factory.capacity(), 1, options.workers());
  }

  @Override
  public Load load() {
    return view.load();
  }

  /** See {@link PoolView#snapshot}. */
  public List<WorkerInfo> snapshot() {
    return view.snapshot();
  }

  /** See {@link PoolView#exits}. */
  public Map<ExitReason, Long> exits() {
    return view.exits();
  }

  @Override
  public long failedStarts() {
    return starts.failures();
  }

  @Override
  public List<Attempt> running() {
    return view.running();
  }

  @Override
  public String describe(LiveRows rows, String id) {
    return view.describe(rows, id);
  }

  /** Starts the spare workers. */
  public void open() {
    locked(workers::keepSpares);
    deferred.run();
  }

  /** Asks {@link ChannelFactory#capacity} again. */
  public void capacityChanged() {
    locked(workers::serve);
    deferred.run();
  }

  /** Fails the tasks that wait for a worker, because none is to be had: each with an exception of its own. */
  public void failPending(Supplier<? extends Throwable> cause) {
    locked(() -> workers.pending().clear().forEach(each -> deferred.fail(each, cause.get())));
    deferred.run();
  }

  /** Runs something under the lock. */
  void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void shutdown() {
    locked(() -> {
      lifetime.shutdown();
      workers.close();
      checkEnd();
    });
    deferred.run();
  }

  /** Fails what waits, and rejects what comes; the lock is held. */
  void breakWith(BrokenExecutorException error) {
    boolean first = lifetime.breakWith(error);
    workers.pending().clear() // also if it is broken already: workers' tasks may have come back
        .forEach(each -> deferred.fail(each, new BrokenExecutorException(error)));
    if (first) {
      workers.close();
    }
  }

  /** Fails what has come back since, if it is broken: then true. The lock is held. */
  boolean breakAgain() {
    BrokenExecutorException broken = lifetime.broken();
    if (broken != null) {
      breakWith(broken);
    }
    return broken != null;
  }

  /** Checks whether it has ended; the lock is held. */
  void checkEnd() {
    boolean comes = starts.isRetryScheduled() && workers.pending().live() > 0; // a worker is going to be started for these
    lifetime.checkEnd(comes || !workers.isEmpty() || workers.unsettled() > 0);
  }

  /** The last outcome of a worker that is gone has been told: only then may the dispatcher end. No lock is held. */
  void settled(Worker worker) {
    locked(() -> {
      workers.settled(worker);
      checkEnd();
    });
  }

  @Override
  public boolean isTerminated() {
    return lifetime.isTerminated();
  }

  @Override
  public boolean awaitTermination(Duration timeout) throws InterruptedException {
    return lifetime.awaitTermination(timeout);
  }
}
