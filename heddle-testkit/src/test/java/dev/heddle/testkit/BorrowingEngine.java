package dev.heddle.testkit;

import dev.heddle.futures.spi.Attempt;
import dev.heddle.futures.spi.Engine;
import dev.heddle.futures.spi.Work;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An engine in a hundred lines: it borrows the threads of a cached pool of the JDK's, a limited number at once. */
final class BorrowingEngine implements Engine {
  private final int limit;
  private final ExecutorService threads;
  private final ArrayDeque<Work> queue = new ArrayDeque<>();
  private final Set<Attempt> running = new HashSet<>();
  private int busy;
  private int waiting;
  private boolean shutdown;

  BorrowingEngine(int limit, @Nullable String name) {
    this.limit = limit;
    this.threads = Executors.newCachedThreadPool(Thread.ofPlatform().name(name + "-", 1).factory());
  }

  @Override
  public synchronized void start(Work work) {
    if (shutdown) {
      throw new RejectedExecutionException("task '" + work.name() + "' was rejected: its engine is shut down");
    }
    queue.addLast(work);
    dispatch();
  }

  private synchronized void dispatch() {
    while (!queue.isEmpty() && busy - waiting < limit) {
      Work work = queue.removeFirst();
      busy++;
      threads.execute(() -> runOne(work));
    }
    if (shutdown && busy == 0 && queue.isEmpty()) {
      threads.shutdown();
    }
  }

  private void runOne(Work work) {
    Attempt attempt = work.begin();
    if (attempt != null) {
      track(attempt, true);
      attempt.run();
      track(attempt, false);
    }
    synchronized (this) {
      busy--;
      dispatch();
    }
  }

  private synchronized void track(Attempt attempt, boolean runs) {
    if (runs) {
      running.add(attempt);
    } else {
      running.remove(attempt);
    }
  }

  @Override
  public void stop(Attempt attempt) {
    attempt.interrupt();
  }

  @Override
  public synchronized void beginBlocking() {
    waiting++;
    dispatch();
  }

  @Override
  public synchronized void endBlocking() {
    waiting--;
  }

  @Override
  public int parallelism() {
    return limit;
  }

  @Override
  public synchronized Load load() {
    return new Load(busy, waiting, busy);
  }

  @Override
  public synchronized List<Work> drain() {
    List<Work> all = new ArrayList<>(queue);
    queue.clear();
    return all;
  }

  @Override
  public synchronized List<Attempt> running() {
    return new ArrayList<>(running);
  }

  @Override
  public synchronized void shutdown() {
    shutdown = true;
    dispatch();
  }

  @Override
  public boolean isTerminated() {
    return threads.isTerminated();
  }

  @Override
  public boolean awaitTermination(Duration timeout) throws InterruptedException {
    return threads.awaitTermination(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
  }
}
