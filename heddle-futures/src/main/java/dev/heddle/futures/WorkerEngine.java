package dev.heddle.futures;

import dev.heddle.base.Check;
import dev.heddle.futures.spi.Attempt;
import dev.heddle.futures.spi.Engine;
import dev.heddle.futures.spi.Work;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A limited number of threads that take work from one queue.
 *
 * <p>At the most {@code limit} workers are <i>active</i>: live, and not waiting for another task. While some wait, spare ones
 * take their place; when those go on there are too many, and each worker that then finishes its work ends.
 *
 * <p>The queue is lock-free; who is there, idle or waiting stands under a lock. A pool that is busy never takes the lock: who
 * adds work looks first whether any worker could be woken or hired, and who is about to idle, to end or to wait first says so
 * and then looks at the queue again. One of the two always sees the other.
 */
final class WorkerEngine implements Engine {
  private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final int limit;
  private final int maxSpare;
  private final ThreadFactory threads;
  private final WorkerSetup setup;
  private final Queue<Work> queue = new ConcurrentLinkedQueue<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final Set<Worker> workers = new HashSet<>();
  private final Deque<Worker> idle = new ArrayDeque<>(); // the latest first: its stack and caches are the warmest
  private int waiting;
  private volatile boolean tooFew = true; // active workers: work that comes in can wake or hire one
  private volatile boolean tooMany; // active workers: one that has finished its work can end
  private volatile boolean shutdown;

  /**
   * An engine without workers yet.
   *
   * @param limit how many workers may be active, at least 1
   * @param maxSpare how many workers more than that there may be
   * @param threads makes the workers' threads
   */
  WorkerEngine(int limit, int maxSpare, ThreadFactory threads, WorkerSetup setup) {
    this.limit = limit;
    this.maxSpare = maxSpare;
    this.threads = threads;
    this.setup = setup;
  }

  /** A thread that takes work until it is not needed any more. */
  private final class Worker implements Runnable {
    private volatile @Nullable Attempt attempt;
    private volatile @Nullable Thread thread;
    private volatile boolean called; // from idleness

    @Override
    public void run() {
      thread = Thread.currentThread();
      try {
        if (setup.prepare() == null) {
          while (runNext()) {
            // until it is not needed any more
          }
        }
      } finally {
        gone(this);
      }
    }

    /** Runs the next work; false if the worker is to end. In a frame of its own, so that nothing keeps the last work alive. */
    private boolean runNext() {
      Work work = next(this);
      if (work == null) {
        return false;
      }
      Attempt begun = work.begin();
      if (begun != null) {
        attempt = begun;
        begun.run();
        attempt = null;
      }
      return true;
    }

    void call() {
      called = true;
      LockSupport.unpark(thread);
    }

    /** Waits to be called; false if nobody did in time. */
    boolean idleUntilCalled() {
      long deadline = System.nanoTime() + KEEP_ALIVE_NANOS;
      while (!called) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        LockSupport.parkNanos(WorkerEngine.this, left);
        Thread.interrupted(); // it runs no task, so nobody can have meant it; set, it would keep it from parking
      }
      return true;
    }
  }

  // ---- work comes in ----

  @Override
  public void start(Work work) {
    queue.add(work);
    if (tooFew) {
      find(work);
    }
    if (shutdown && queue.remove(work)) {
      throw new RejectedExecutionException("task '" + work.name() + "' was rejected: its engine is shut down");
    }
  }

  /** Wakes or hires a worker, if there may be one more active. */
  private void find(Work work) {
    lock.lock();
    try {
      if (!shutdown && active() < limit) {
        if (!callIdle() && !hire() && workers.isEmpty() && queue.remove(work)) {
          throw new RejectedExecutionException("no thread can be started for task '" + work.name() + "'");
        }
        changed();
      }
    } finally {
      lock.unlock();
    }
  }

  // The methods from here to the next heading are called under the lock.

  /** How many workers are neither idle nor waiting. */
  private int active() {
    return workers.size() - idle.size() - waiting;
  }

  /** To be called after every change of who is there, idle or waiting. */
  private void changed() {
    int active = active();
    tooFew = active < limit;
    tooMany = active > limit;
  }

  /** Wakes the worker that idles the shortest time, if any does. */
  private boolean callIdle() {
    Worker worker = idle.pollFirst();
    if (worker != null) {
      worker.call(); // under the lock: coming later it could wake it from a later idleness, while it still counts as idle
    }
    return worker != null;
  }

  /** Starts a worker, if there may be one more. */
  private boolean hire() {
    if (workers.size() - limit >= maxSpare) {
      return false;
    }
    Worker worker = new Worker();
    workers.add(worker);
    try {
      threads.newThread(worker).start();
      return true;
    } catch (Throwable e) { // out of threads: go on with those there are
      workers.remove(worker);
      Log.ignored("starting another worker thread beside " + workers.size(), e);
      return false;
    }
  }

  /** Sees to it that queued work has somebody on the way to it, if there may be one more active. */
  private void serveQueue() {
    changed(); // said first, so that who adds work now sees it, or the work is seen here
    if (!queue.isEmpty() && active() < limit) {
      if (!callIdle()) {
        hire();
      }
      changed();
    }
  }

  // ---- workers ----

  /** The next work for a worker, which idles meanwhile; null if it is to end. */
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

  /** Strikes a worker off, if there are still too many. */
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

  /** Idles until there may be work; false if the worker is to end. */
  private boolean idle(Worker worker) {
    lock.lock();
    try {
      if (shutdown) {
        return !queue.isEmpty();
      }
      worker.called = false;
      idle.addFirst(worker);
      changed();
      if (!queue.isEmpty()) { // it came before it could be seen that this worker idles
        idle.remove(worker);
        changed();
        return true;
      }
    } finally {
      lock.unlock();
    }
    return worker.idleUntilCalled() || !leave(worker);
  }

  /** Ends a worker's idleness for good; false if it has just been called. */
  private boolean leave(Worker worker) {
    lock.lock();
    try {
      return idle.remove(worker);
    } finally {
      lock.unlock();
    }
  }

  private void gone(Worker worker) {
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
    List<Work> queued = new ArrayList<>();
    for (Work work = queue.poll(); work != null; work = queue.poll()) {
      queued.add(work);
    }
    return queued;
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
