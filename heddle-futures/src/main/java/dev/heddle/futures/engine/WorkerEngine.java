package dev.heddle.futures.engine;

import dev.heddle.base.Check;
import dev.heddle.futures.core.IgnoredErrors;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
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
 */
public final class WorkerEngine implements Engine {
  private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final int limit;
  private final int maxSpare;
  private final ThreadFactory threads;
  private final WorkerSetup setup;
  private final WorkQueue queue = new WorkQueue();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final Set<Worker> workers = new HashSet<>();
  private final Deque<Worker> idle = new ArrayDeque<>(); // the latest first: its stack and caches are the warmest
  private int waiting;
  private volatile boolean tooFew = true; // active workers: new work may wake or start one
  private volatile boolean tooMany; // active workers: one that has finished its work may end
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

  /** A thread that takes work until it is no longer needed. */
  private final class Worker implements Runnable {
    private volatile @Nullable Attempt attempt;
    private volatile @Nullable Thread thread;
    private volatile boolean called; // out of idleness

    @Override
    public void run() {
      thread = Thread.currentThread();
      try {
        if (setup.prepare() == null) {
          while (survives()) {
            // until it is no longer needed
          }
        }
      } finally {
        ended(this);
      }
    }

    /** Runs the next work. Returns false if the worker is to end; true after an error, for queued work must not lose its worker. */
    private boolean survives() {
      try {
        return runNext();
      } catch (Throwable e) { // out of memory between two tasks
        IgnoredErrors.log("a worker between two tasks", e);
        LockSupport.parkNanos(RETRY_NANOS);
        return true;
      }
    }

    /** Runs the next work. Returns false if the worker is to end. In a frame of its own, which does not keep the last work alive. */
    private boolean runNext() {
      Work work = next(this);
      if (work == null) {
        return false;
      }
      Attempt begun = work.begin();
      if (begun != null) {
        attempt = begun;
        try {
          begun.run();
        } finally {
          attempt = null;
        }
      }
      return true;
    }

    void call() {
      called = true;
      LockSupport.unpark(thread);
    }

    /** Parks until the worker is called. Returns false if that has not happened within the keep-alive time. */
    boolean idleUntilCalled() {
      long deadline = System.nanoTime() + KEEP_ALIVE_NANOS;
      while (!called) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        LockSupport.parkNanos(WorkerEngine.this, left);
        Thread.interrupted(); // the worker runs no task, so the interrupt has no addressee; the status would keep it from parking
      }
      return true;
    }
  }

  // ---- work comes in ----

  @Override
  public void start(Work work) {
    queue.add(work);
    if (tooFew) {
      ensureWorker(work);
    }
    if (shutdown && queue.remove(work)) {
      throw new RejectedExecutionException("task '" + work.name() + "' was rejected: its engine is shut down");
    }
  }

  /** Wakes or starts a worker, if one more may be active. */
  private void ensureWorker(Work work) {
    lock.lock();
    try {
      if (!shutdown && active() < limit) {
        if (!callIdle() && !startWorker() && workers.isEmpty() && queue.remove(work)) {
          throw new RejectedExecutionException("no thread can be started for task '" + work.name() + "'");
        }
        changed();
      }
    } finally {
      lock.unlock();
    }
  }

  // The methods from here to the next heading are called under the lock.

  /** Returns how many workers are neither idle nor waiting. */
  private int active() {
    return workers.size() - idle.size() - waiting;
  }

  /** Updates the flags; called after every change to the sets of live, idle and waiting workers. */
  private void changed() {
    int active = active();
    tooFew = active < limit;
    tooMany = active > limit;
  }

  /** Wakes the worker that has been idle for the shortest time, if there is one. */
  private boolean callIdle() {
    Worker worker = idle.pollFirst();
    if (worker != null) {
      worker.call(); // under the lock: a later call could end a later idleness, in which the worker still counts as idle
    }
    return worker != null;
  }

  /** Starts a worker, if the limits allow one more. */
  private boolean startWorker() {
    if (workers.size() - limit >= maxSpare) {
      return false;
    }
    Worker worker = null;
    try {
      worker = new Worker();
      workers.add(worker);
      threads.newThread(worker).start();
      return true;
    } catch (Throwable e) { // out of threads or memory: continue with the present ones
      if (worker != null) {
        workers.remove(worker);
      }
      IgnoredErrors.log("starting a worker thread in addition to " + workers.size(), e);
      return false;
    }
  }

  /** Wakes or starts a worker for queued work, if one more may be active. */
  private void serveQueue() {
    changed(); // before the queue is read: either this thread sees new work, or the adding thread sees the flag
    if (!queue.isEmpty() && active() < limit) {
      if (!callIdle()) {
        startWorker();
      }
      changed();
    }
  }

  // ---- workers ----

  /** Returns the next work for a worker, which idles until there is one; null if it is to end. */
  private @Nullable Work next(Worker worker) {
    while (true) {
      if (tooMany && retire(worker)) {
        return null;
      }
      Work work = queue.poll();
      if (work != null) {
        return work;
      }
      if (!idle(worker)) {
        return null;
      }
    }
  }

  /** Removes a worker if there are still too many active ones. */
  private boolean retire(Worker worker) {
    lock.lock();
    try {
      boolean surplus = active() > limit;
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
  private boolean idle(Worker worker) {
    lock.lock();
    try {
      if (shutdown) {
        return !queue.isEmpty();
      }
      worker.called = false;
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
    return worker.idleUntilCalled() || !leave(worker);
  }

  /** Removes an idle worker that ends. Returns false if it has just been called. */
  private boolean leave(Worker worker) {
    lock.lock();
    try {
      return idle.remove(worker);
    } finally {
      lock.unlock();
    }
  }

  private void ended(Worker worker) {
    lock.lock();
    try {
      workers.remove(worker);
      serveQueue();
      if (shutdown && workers.isEmpty()) {
        ended.signalAll();
      }
    } finally {
      lock.unlock();
    }
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

  @Override
  public void beginBlocking() {
    lock.lock();
    try {
      waiting++;
      serveQueue();
    } finally {
      lock.unlock();
    }
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
    lock.lock();
    try {
      return new Load(workers.size() - idle.size(), waiting, workers.size());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<Work> drain() {
    return queue.drain();
  }

  @Override
  public List<Attempt> running() {
    lock.lock();
    try {
      return workers.stream().map(worker -> worker.attempt).filter(Objects::nonNull).toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void shutdown() {
    lock.lock();
    try {
      shutdown = true;
      idle.forEach(Worker::call);
      idle.clear();
      serveQueue();
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isTerminated() {
    lock.lock();
    try {
      return shutdown && workers.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean awaitTermination(Duration timeout) throws InterruptedException {
    long nanos = Check.nanos(timeout);
    lock.lockInterruptibly();
    try {
      while (!(shutdown && workers.isEmpty())) {
        if (nanos <= 0) {
          return false;
        }
        nanos = ended.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
