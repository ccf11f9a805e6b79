package dev.heddle.futures;

import dev.heddle.futures.spi.Attempt;
import dev.heddle.futures.spi.Engine;
import dev.heddle.futures.spi.Work;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A limited number of threads that take work from one queue.
 *
 * <p>Everything stands under one lock: the queue, and how many workers there are, are idle, and wait for another task. A
 * worker is started when there is work and fewer than {@code limit} workers are neither idle nor waiting; so while workers
 * wait, spare ones take their place. When those go on, there are too many, and each worker that then finishes its work ends.
 */
final class WorkerEngine implements Engine {
  private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final int limit;
  private final int maxSpare;
  private final ThreadFactory threads;
  private final WorkerSetup setup;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition workQueued = lock.newCondition();
  private final Condition workerEnded = lock.newCondition();
  private final ArrayDeque<Work> queue = new ArrayDeque<>();
  private final Set<Worker> workers = new HashSet<>();
  private int idle;
  private int waiting;
  private boolean shutdown;

  /**
   * An engine without workers yet.
   *
   * @param limit how many workers may be neither idle nor waiting, at least 1
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

    @Override
    public void run() {
      try {
        if (setup.prepare() == null) {
          for (Work work = take(); work != null; work = take()) {
            runOne(work);
            work = null; // an idle worker must not keep its last task alive
          }
        }
      } finally {
        gone(this);
      }
    }

    private void runOne(Work work) {
      Attempt begun = work.begin();
      if (begun != null) {
        attempt = begun;
        begun.run();
        attempt = null;
      }
    }
  }

  @Override
  public void start(Work work) {
    lock.lock();
    try {
      if (shutdown) {
        throw new RejectedExecutionException("task '" + work.name() + "' was rejected: its engine is shut down");
      }
      queue.addLast(work);
      if (queue.size() <= idle) {
        workQueued.signal();
      } else if (workers.size() - waiting < limit && !hire() && workers.isEmpty()) {
        queue.removeLast();
        throw new RejectedExecutionException("no thread can be started for task '" + work.name() + "'");
      }
    } finally {
      lock.unlock();
    }
  }

  /** Starts a worker if there may be one more; under the lock. */
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

  /** The next work, waiting for it; null if the calling worker is to end. */
  private @Nullable Work take() {
    lock.lock();
    try {
      long patience = KEEP_ALIVE_NANOS;
      while (workers.size() - waiting <= limit) {
        Work work = queue.pollFirst();
        if (work != null) {
          return work;
        }
        if (shutdown || patience <= 0) {
          return null;
        }
        idle++;
        try {
          patience = workQueued.awaitNanos(patience);
        } catch (InterruptedException e) {
          // no task is running here, so nobody can have meant this worker: look again
        } finally {
          idle--;
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void gone(Worker worker) {
    lock.lock();
    try {
      workers.remove(worker);
      // It may have ended because there were too many, or its setup failed, just as work came in.
      if (!queue.isEmpty() && idle == 0 && workers.size() - waiting < limit) {
        hire();
      }
      if (shutdown && workers.isEmpty()) {
        workerEnded.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void stop(Attempt attempt) {
    attempt.interrupt();
  }

  @Override
  public boolean beginBlocking() {
    lock.lock();
    try {
      waiting++;
      if (queue.size() <= idle || workers.size() - waiting >= limit || hire() || waiting < workers.size()) {
        return true;
      }
      waiting--;
      return false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void endBlocking() {
    lock.lock();
    try {
      waiting--;
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
      return new Load(queue.size(), workers.size() - idle, waiting, workers.size());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<Work> drain() {
    lock.lock();
    try {
      List<Work> queued = new ArrayList<>(queue);
      queue.clear();
      return queued;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<Attempt> running() {
    lock.lock();
    try {
      List<Attempt> running = new ArrayList<>();
      for (Worker worker : workers) {
        Attempt attempt = worker.attempt;
        if (attempt != null) {
          running.add(attempt);
        }
      }
      return running;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void shutdown() {
    lock.lock();
    try {
      shutdown = true;
      workQueued.signalAll();
      workerEnded.signalAll();
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
        nanos = workerEnded.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
