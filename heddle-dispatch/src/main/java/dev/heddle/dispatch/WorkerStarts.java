package dev.heddle.dispatch;

import dev.heddle.futures.BrokenExecutorException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Starts workers, and breaks the pool if none can be had. Guarded by the dispatcher's lock. */
final class WorkerStarts implements WorkerPool.Starter {
  private static final int MAX_FAILED = 3; // in a row, until the pool is broken
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100); // after a start that could not be tried

  private final Dispatcher dispatcher;
  private final ChannelFactory factory;
  private final TaskCodec codec;
  private final String name;
  private int started;
  private int failed; // in a row
  private long lastFailedNanos;

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

  /** Workers can be started: one is ready, or has ended a task. */
  void worked() {
    failed = 0;
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
    if (++failed >= MAX_FAILED) {
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
   * @return whether to try again, after a pause: no other event would, and it may be better then
   */
  private boolean isWorthTryingAgain(Throwable cause) {
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
}
