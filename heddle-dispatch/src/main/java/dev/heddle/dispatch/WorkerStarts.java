package dev.heddle.dispatch;

import dev.heddle.base.Describe;
import dev.heddle.futures.BrokenExecutorException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Starts workers, and decides what follows if none can be had. Guarded by the dispatcher's lock.
 *
 * <p>A pool that never had a ready worker is broken after three failures in a row: its options or its environment are wrong, and it
 * says so at once. A pool that has worked goes on: after each failure it waits longer until the next start, from 0.1 to 5 seconds,
 * and its tasks wait meanwhile; a shortage of memory, descriptors or processes may be over in a moment.
 */
final class WorkerStarts implements WorkerPool.Starter {
  private static final System.Logger LOGGER = System.getLogger("dev.heddle.dispatch");
  private static final int MAX_FAILED = 3; // in a row, until a pool that never worked is broken
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100); // after a start that could not be tried
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Dispatcher dispatcher;
  private final ChannelFactory factory;
  private final TaskCodec codec;
  private final String name;
  private int started;
  private int failed; // in a row
  private long lastFailedNanos;
  private boolean everReady;
  private long pauseUntil; // meaningful once a start has failed
  private boolean retryScheduled;

  WorkerStarts(Dispatcher dispatcher, String name, ChannelFactory factory, TaskCodec codec) {
    this.dispatcher = dispatcher;
    this.name = name;
    this.factory = factory;
    this.codec = codec;
  }

  @Override
  public @Nullable Worker start(boolean spare) {
    if (dispatcher.breakAgain()) {
      return null;
    }
    if (isPausing()) {
      if (dispatcher.workers().pending().live() > 0) {
        scheduleRetry();
      }
      return null; // a spare worker is started with the next task
    }
    while (true) {
      try {
        WorkerChannel channel = factory.open(++started, dispatcher.reports());
        Worker worker = new Worker(channel, codec.outcomesOf(channel), spare); // first, since a worker that runs must be known
        channel.start(); // its reports wait for the lock
        return worker;
      } catch (IOException | OutOfMemoryError e) { // no descriptor, no thread
        if (!isWorthTryingAgain(e)) {
          return null;
        }
        LockSupport.parkNanos(PAUSE_NANOS); // whatever else is wanted of this pool must wait for a worker anyhow
      }
    }
  }

  /** A worker is ready. */
  void ready() {
    everReady = true;
    worked();
  }

  /** Workers can be started: one is ready, or has ended a task. */
  void worked() {
    failed = 0;
  }

  /** Whether starts have failed and another one is scheduled. */
  boolean isRetryScheduled() {
    return retryScheduled;
  }

  private boolean isPausing() {
    return everReady && failed > 0 && System.nanoTime() - pauseUntil < 0;
  }

  /**
   * A worker was lost before it was ready.
   *
   * <p>Those that were starting at the same time when one was lost count once: one mishap takes them all (a kill, lack of memory
   * for a moment), and only trying again shows whether it stays.
   */
  void failed(Worker worker, WorkerEnd end) {
    if (failed > 0 && worker.startedNanos - lastFailedNanos < 0) {
      return;
    }
    lastFailedNanos = System.nanoTime();
    failed++;
    if (everReady) {
      pause("a worker ended before it was ready: " + end.reason());
    } else if (failed >= MAX_FAILED) {
      dispatcher.breakWith(
          new BrokenExecutorException(
              "executor '" + name + "' is broken: " + MAX_FAILED + " times in a row workers ended before they were ready ("
                  + end.reason() + "); " + end.startRemedy() + " and make a new executor" + end.details(),
              end.startFailure()));
    }
  }

  /**
   * A start could not even be tried: there is no thread or no descriptor left.
   *
   * @return whether to try again at once
   */
  private boolean isWorthTryingAgain(Throwable cause) {
    if (everReady) {
      failed++;
      pause("no worker can be started: " + cause);
      return false;
    }
    if (!dispatcher.workers().isEmpty()) {
      return false; // it is tried again when one of those has ended or idles
    }
    if (++failed < MAX_FAILED) {
      return true;
    }
    dispatcher.breakWith(
        new BrokenExecutorException(
            "executor '" + name + "' is broken: " + MAX_FAILED + " times in a row no worker could be started (" + cause
                + "); make a new executor when it can",
            factory.cannotStart(cause)));
    return false;
  }

  // ---- pauses ----

  private void pause(String why) {
    long nanos = Math.min(LONGEST_PAUSE_NANOS, PAUSE_NANOS << Math.min(failed - 1, 10));
    pauseUntil = System.nanoTime() + nanos;
    LOGGER.log(
        System.Logger.Level.WARNING, "executor '" + name + "' starts no worker for " + Describe.measured(nanos)
            + " after " + failed + " failed start(s) in a row; " + why);
    scheduleRetry();
  }

  private void scheduleRetry() {
    if (retryScheduled) {
      return;
    }
    retryScheduled = true;
    try {
      Thread.ofPlatform().name(name + "-restart").daemon(false).start(this::retry); // keeps the program alive for its tasks
    } catch (OutOfMemoryError e) { // no thread to be had
      try {
        Thread.ofVirtual().name(name + "-restart").start(this::retry);
      } catch (OutOfMemoryError again) {
        retryScheduled = false; // the next task or the end of a worker tries again
      }
    }
  }

  private void retry() {
    while (!isRetryOver()) {
      LockSupport.parkNanos(this, PAUSE_NANOS);
    }
    dispatcher.deferred().run();
  }

  private boolean isRetryOver() {
    try {
      return retryNow();
    } catch (OutOfMemoryError | StackOverflowError e) { // tasks wait for this retry: it goes on
      dispatcher.lock();
      try {
        retryScheduled = true;
      } finally {
        dispatcher.unlock();
      }
      return false;
    }
  }

  /** Starts what is needed, if the pause is over or nothing is waiting any more; false if it is not. */
  private boolean retryNow() {
    dispatcher.lock();
    try {
      if (isPausing() && dispatcher.workers().pending().live() > 0) {
        return false;
      }
      retryScheduled = false;
      dispatcher.workers().serve();
      dispatcher.checkEnd();
      return true;
    } finally {
      dispatcher.unlock();
    }
  }
}
