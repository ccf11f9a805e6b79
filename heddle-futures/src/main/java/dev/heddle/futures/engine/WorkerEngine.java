package dev.heddle.futures.engine;

import dev.heddle.base.Check;
import dev.heddle.base.LearnedSpin;
import dev.heddle.futures.core.IgnoredErrors;
import dev.heddle.futures.core.RunningTask;
import dev.heddle.futures.live.LiveEngine;
import dev.heddle.futures.live.LiveRows;
import dev.heddle.futures.spi.Attempt;
import dev.heddle.futures.spi.Engine;
import dev.heddle.futures.spi.Work;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An engine with a limited number of threads that take work from one queue. Thread-safe.
 *
 * <p>At most {@code limit} workers are <i>active</i>: alive, not idle, and not waiting for another task. While some wait, spare
 * workers replace them; when those continue, there are too many, and each worker that then finishes its work ends.
 *
 * <p>The queue is lock-free; the sets of live, idle and waiting workers are guarded by a lock. A busy engine never takes the
 * lock: a thread that adds work first adds it and then checks whether a worker could be woken or started; a worker that is about
 * to idle, to end or to wait first records that and then checks the queue again. One of the two always sees the other.
 *
 * <p>Where tasks are short, the waking of threads would take most of the time. Therefore a worker without work searches for a
 * moment before it idles ({@link WorkSearch}), and a thread that waits for a task looks for its end for a moment before it
 * parks; how long both take is learned ({@link LearnedSpin}).
 */
public final class WorkerEngine implements Engine, LiveEngine {
  private final int limit;
  private final int maxSpare;
  private final ThreadFactory threads;
  private final WorkerSetup setup;
  private final WorkQueue queue = new WorkQueue();
  private final WorkSearch search = new WorkSearch();
  private final LearnedSpin waits = LearnedSpin.forResults();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final Set<PoolWorker> workers = new HashSet<>();
  private final Deque<PoolWorker> idle = new ArrayDeque<>(); // the latest first: its stack and caches are the warmest
  private int waiting;
  private volatile int active; // workers, which are neither idle nor waiting; written under the lock
  private volatile boolean shutdown;

  /**
   * An engine without workers yet.
   *
   * @param limit the largest number of active workers, at least 1
   * @param maxSpare the largest number of workers beyond the limit
   * @param threads creates the workers' threads
   */
  public WorkerEngine(int limit, int maxSpare, ThreadFactory threads, WorkerSetup setup) {
    this.limit = limit;
    this.maxSpare = maxSpare;
    this.threads = threads;
    this.setup = setup;
  }

  // ---- work comes in ----

  @Override
  public void start(Work work) {
    queue.add(work);
    if (active < limit && !search.isOn()) {
      ensureWorker(work);
    }
    if (shutdown && queue.remove(work)) {
      throw new RejectedExecutionException("task '" + work.name() + "' was rejected: its engine is shut down");
    }
  }

  /** Wakes or starts a worker, if one more may be active. */
  private void ensureWorker(Work work) {
    PoolWorker called = null;
    lock.lock();
    try {
      if (!shutdown && active < limit && !search.isOn()) {
        called = callIdle();
        if (called == null && !startWorker() && workers.isEmpty() && queue.remove(work)) {
          throw new RejectedExecutionException("no thread can be started for task '" + work.name() + "'");
        }
        changed();
      }
    } finally {
      lock.unlock();
    }
    PoolWorker.unpark(called);
  }

  // The methods from here to the next heading are called under the lock.

  /** Updates the number of active workers; called after every change to the sets of live, idle and waiting ones. */
  private void changed() {
    active = workers.size() - idle.size() - waiting;
  }

  /** Calls the worker that has been idle for the shortest time, and returns it, to be unparked; null if there is none. */
  private @Nullable PoolWorker callIdle() {
    PoolWorker worker = idle.pollFirst();
    if (worker != null) {
      worker.call(search.begin());
    }
    return worker;
  }

  /** Starts a worker, if the limits allow one more. */
  private boolean startWorker() {
    if (workers.size() - limit >= maxSpare) {
      return false;
    }
    PoolWorker worker = null;
    try {
      worker = new PoolWorker(this, setup);
      worker.searches(search.begin()); // so that it calls the next one, if more work has come meanwhile
      workers.add(worker);
      threads.newThread(worker).start();
      return true;
    } catch (Throwable e) { // out of threads or memory: continue with the present ones
      if (worker != null) {
        workers.remove(worker);
        if (worker.searches()) {
          search.end();
        }
      }
      IgnoredErrors.log("starting a worker thread in addition to ", workers.size(), e);
      return false;
    }
  }

  /** Calls or starts a worker for queued work, if one more may be active; returns the called one, to be unparked. */
  private @Nullable PoolWorker serveQueue() {
    changed(); // before the queue is read: either this thread sees new work, or the adding thread sees the number
    if (queue.isEmpty() || active >= limit || search.isOn()) {
      return null;
    }
    PoolWorker called = callIdle();
    if (called == null) {
      startWorker();
    }
    changed();
    return called;
  }

  // ---- workers ----

  /** Returns the next work for a worker, which idles until there is one; null if it is to end. */
  @Nullable
  Work next(PoolWorker worker) {
    while (true) {
      if (active > limit && retire(worker)) {
        return null;
      }
      Work work = queue.poll();
      long since = work == null ? System.nanoTime() : 0;
      if (work == null && search.isOf(worker)) {
        search.look(() -> !queue.isEmpty() || active > LearnedSpin.PROCESSORS);
        if (!queue.isEmpty()) {
          search.lasted(System.nanoTime() - since);
        }
      }
      if (worker.searches()) {
        work = endSearch(worker, work);
      }
      if (work != null) {
        return work;
      }
      if (!idle(worker, since)) {
        return null;
      }
    }
  }

  /** Ends a worker's search with the work that it has, or now gets, and calls the next worker if there is more. */
  private @Nullable Work endSearch(PoolWorker worker, @Nullable Work found) {
    worker.searches(false);
    search.end();
    Work work = found == null ? queue.poll() : found;
    if (work != null && active < limit && !queue.isEmpty()) {
      try {
        callNext();
      } catch (Throwable e) { // out of memory; the work must not be lost
        IgnoredErrors.log("the call of another worker", e);
      }
    }
    return work;
  }

  private void callNext() {
    PoolWorker called;
    lock.lock();
    try {
      called = serveQueue();
    } finally {
      lock.unlock();
    }
    PoolWorker.unpark(called);
  }

  /** Removes a worker if there are still too many active ones. */
  private boolean retire(PoolWorker worker) {
    lock.lock();
    try {
      boolean surplus = active > limit;
      if (surplus) {
        workers.remove(worker);
        changed();
      }
      return surplus;
    } finally {
      lock.unlock();
    }
  }

  /** Idles until there may be work. Returns false if the worker is to end. */
  private boolean idle(PoolWorker worker, long since) {
    lock.lock();
    try {
      if (shutdown) {
        return !queue.isEmpty();
      }
      worker.willIdle();
      idle.addFirst(worker);
      changed();
      if (!queue.isEmpty()) { // it was added before this worker was known to be idle
        idle.remove(worker);
        changed();
        return true;
      }
    } finally {
      lock.unlock();
    }
    if (!worker.idleUntilCalled()) {
      return !leave(worker);
    }
    search.lasted(worker.calledAt() - since);
    return true;
  }

  /** Removes an idle worker that ends. Returns false if it has just been called. */
  private boolean leave(PoolWorker worker) {
    return locked(() -> idle.remove(worker));
  }

  void ended(PoolWorker worker) {
    PoolWorker called;
    lock.lock();
    try {
      workers.remove(worker);
      if (worker.searches()) { // it was called, and then there were too many
        search.end();
      }
      called = serveQueue();
      if (shutdown && workers.isEmpty()) {
        ended.signalAll();
      }
    } finally {
      lock.unlock();
    }
    PoolWorker.unpark(called);
  }

  // ---- the engine ----

  @Override
  public boolean hasPriorities() {
    return true;
  }

  @Override
  public void stop(Attempt attempt) {
    attempt.interrupt();
  }

  /** Spins until the task has ended, unless its worker or another one needs the processor, or the caller's place. */
  @Override
  public void help(Work awaited, long nanos) {
    if (waits.budget() == 0) {
      return;
    }
    boolean lends = RunningTask.isOf(this);
    waits.until(
        () -> awaited.body() == null || active > LearnedSpin.PROCESSORS
            || (lends && active >= limit && !search.isOn() && !queue.isEmpty()),
        nanos);
  }

  @Override
  public void waited(long nanos) {
    waits.waited(nanos);
  }

  @Override
  public void beginBlocking() {
    PoolWorker called;
    lock.lock();
    try {
      waiting++;
      called = serveQueue();
    } finally {
      lock.unlock();
    }
    PoolWorker.unpark(called);
  }

  @Override
  public void endBlocking() {
    lock.lock();
    try {
      waiting--;
      changed();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int parallelism() {
    return limit;
  }

  @Override
  public Load load() {
    return locked(() -> new Load(workers.size() - idle.size(), waiting, workers.size()));
  }

  @Override
  public List<Work> drain() {
    List<Work> notBegun = queue.drain();
    notBegun.addAll(locked(() -> workers.stream().map(PoolWorker::notBegun).filter(Objects::nonNull).toList()));
    return notBegun;
  }

  @Override
  public List<Attempt> running() {
    return locked(() -> workers.stream().map(PoolWorker::attempt).filter(Objects::nonNull).toList());
  }

  @Override
  public void shutdown() {
    lock.lock();
    try {
      shutdown = true;
      for (PoolWorker worker = callIdle(); worker != null; worker = callIdle()) {
        PoolWorker.unpark(worker);
      }
      serveQueue(); // starts one, if there was none to call
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String describe(LiveRows rows, String id) {
    locked(() -> List.copyOf(workers)).forEach(worker -> worker.describe(rows, id));
    return "threads";
  }

  private <T> T locked(Supplier<T> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isTerminated() {
    return locked(() -> shutdown && workers.isEmpty());
  }

  @Override
  public boolean awaitTermination(Duration timeout) throws InterruptedException {
    long nanos = Check.nanos(timeout);
    lock.lockInterruptibly();
    try {
      while (!(shutdown && workers.isEmpty()) && nanos > 0) {
        nanos = ended.awaitNanos(nanos);
      }
      return shutdown && workers.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
