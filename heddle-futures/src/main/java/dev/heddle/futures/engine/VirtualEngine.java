package dev.heddle.futures.engine;

import dev.heddle.base.Check;
import dev.heddle.base.LearnedSpin;
import dev.heddle.futures.live.LiveEngine;
import dev.heddle.futures.live.LiveRows;
import dev.heddle.futures.spi.Attempt;
import dev.heddle.futures.spi.Engine;
import dev.heddle.futures.spi.Work;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An engine with a thread for each task; no task is ever queued. Thread-safe. */
public final class VirtualEngine implements Engine, LiveEngine {
  private final ThreadFactory threads;
  private final WorkerSetup setup;
  private final Set<Runner> runners = ConcurrentHashMap.newKeySet();
  private final AtomicInteger waiting = new AtomicInteger();
  private final CountDownLatch terminated = new CountDownLatch(1);
  private volatile boolean shutdown;
  private final LearnedSpin waits = LearnedSpin.forResults();

  /** An engine without tasks. */
  public VirtualEngine(ThreadFactory threads, WorkerSetup setup) {
    this.threads = threads;
    this.setup = setup;
  }

  /** The body of a thread: initializes itself, runs its work, and ends. */
  private final class Runner implements Runnable {
    private final Work work;
    private volatile @Nullable Attempt attempt;
    private long begun; // published by 'attempt'

    Runner(Work work) {
      this.work = work;
    }

    /** That of the work, which is a number: to make the identity hash code of a new object takes longer. */
    @Override
    public int hashCode() {
      return work.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public void run() {
      try {
        Throwable broken = setup.prepare();
        if (broken != null) {
          work.abort(broken);
          return;
        }
        Attempt begun = work.begin();
        if (begun != null) {
          this.begun = System.nanoTime();
          attempt = begun;
          begun.run();
        }
      } finally {
        ended(this);
      }
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>A thread that starts work adds it and then reads whether the engine is shut down; {@link #shutdown} sets that and then looks
   * for work. One of the two always sees the other. So the only count that all threads share is that of the set.
   */
  @Override
  public void start(Work work) {
    Runner runner = new Runner(work);
    try {
      runners.add(runner);
      if (!shutdown) {
        threads.newThread(runner).start();
        return;
      }
    } catch (Throwable e) {
      ended(runner);
      throw new RejectedExecutionException("no thread can be started for task '" + work.name() + "'", e);
    }
    ended(runner);
    throw new RejectedExecutionException(work.name() + " was rejected: its engine is shut down");
  }

  private void ended(Runner runner) {
    runners.remove(runner);
    if (shutdown) {
      terminateIfEmpty();
    }
  }

  /** The size is a sum that is exact while runners are only removed, as they are then: an executor shuts down after its last task. */
  private void terminateIfEmpty() {
    if (runners.isEmpty()) {
      terminated.countDown();
    }
  }

  @Override
  public void stop(Attempt attempt) {
    attempt.interrupt();
  }

  /** Spins until the task has ended, if the caller is a platform thread: a virtual one is woken cheaply. */
  @Override
  public void help(Work awaited, long nanos) {
    if (waits.budget() != 0) {
      waits.until(() -> awaited.body() == null, nanos);
    }
  }

  @Override
  public void waited(long nanos) {
    waits.waited(nanos);
  }

  @Override
  public void beginBlocking() {
    waiting.incrementAndGet();
  }

  @Override
  public void endBlocking() {
    waiting.decrementAndGet();
  }

  @Override
  public int parallelism() {
    return Integer.MAX_VALUE;
  }

  @Override
  public Load load() {
    int live = runners.size();
    return new Load(live, waiting.get(), live);
  }

  @Override
  public List<Work> drain() {
    return runners.stream().filter(runner -> runner.attempt == null).map(runner -> runner.work).toList();
  }

  @Override
  public List<Attempt> running() {
    return runners.stream().map(runner -> runner.attempt).filter(Objects::nonNull).toList();
  }

  @Override
  public String describe(LiveRows rows, String id) {
    int number = 0;
    long now = System.nanoTime();
    for (Runner each : runners) {
      if (each.attempt != null) {
        rows.add("task", id + "/t" + ++number, id, each.work.name()).state("running").age(now - each.begun);
      }
    }
    return "virtual threads";
  }

  @Override
  public void shutdown() {
    shutdown = true;
    terminateIfEmpty();
  }

  @Override
  public boolean isTerminated() {
    return terminated.getCount() == 0;
  }

  @Override
  public boolean awaitTermination(Duration timeout) throws InterruptedException {
    return terminated.await(Check.nanos(timeout), TimeUnit.NANOSECONDS);
  }
}
