package dev.heddle.queue;

import dev.heddle.base.Check;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Retry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a stage of a pipeline does its work. Immutable.
 *
 * <pre>{@code
 * StageOptions.workers(8).withRetry(Retry.times(3)).unordered()
 * }</pre>
 *
 * @param workers how many items it works on at once, at least 1
 * @param executor where its function runs; null means threads of its own. What it gives to a pool of processes must be
 *     serializable. The pipeline does not close it
 * @param ordered whether its results leave in the order in which their items came
 * @param window how many items at the most an ordered stage is ahead of the oldest it still works on; {@link #AUTO}
 *     means four for each worker
 * @param buffer how many items wait before it at the most; {@link #AUTO} means two for each worker, and 32 or more
 * @param retry whether and when a failed attempt at an item is followed by another; on threads of its own a stage's worker
 *     waits during the pause
 * @param timeout how long one attempt may take, longer than zero; it needs an executor; null means as long as it takes
 * @param failures how many failed items are borne; null means as the pipeline says
 * @param platformThreads whether its own threads are platform threads, for work that computes much; otherwise virtual ones
 */
public record StageOptions(
    int workers,
    @Nullable Executor executor,
    boolean ordered,
    int window,
    int buffer,
    Retry retry,
    @Nullable Duration timeout,
    @Nullable FailurePolicy failures,
    boolean platformThreads) {
  /** Let the pipeline choose. */
  public static final int AUTO = 0;

  private static final int LEAST_BUFFER = 32;

  /** Checks the values. */
  public StageOptions {
    Check.positive(workers, "workers", "a stage needs someone to do its work");
    Check.notNegative(window, "window", "StageOptions.AUTO (0) lets the pipeline choose");
    Check.notNegative(buffer, "buffer", "StageOptions.AUTO (0) lets the pipeline choose");
    Check.notNull(retry, "retry");
    if (timeout != null) {
      Check.positive(timeout, "timeout", "leave it out to let each item take as long as it does");
      if (executor == null) {
        throw new IllegalArgumentException(
            "timeout needs an executor, which can stop a task; add withExecutor(ThreadPool.virtual()), or leave it out");
      }
    }
    if (window != AUTO && window < workers) {
      throw new IllegalArgumentException(
          "window must be at least the number of workers, " + workers + ", but was " + window
              + "; a smaller one would leave workers without work");
    }
    if (executor != null && platformThreads) {
      throw new IllegalArgumentException(
          "platformThreads must be false with an executor, which has threads of its own; leave out one of the two");
    }
  }

  /** Virtual threads, ordered, no retries. */
  public static StageOptions workers(int workers) {
    return new StageOptions(workers, null, true, AUTO, AUTO, Retry.NEVER, null, null, false);
  }

  /** These options with an executor that runs the function. */
  public StageOptions withExecutor(Executor executor) {
    return new StageOptions(
        workers, Check.notNull(executor, "executor"), ordered, window, buffer, retry, timeout, failures, platformThreads);
  }

  /** These options with platform threads in place of virtual ones. */
  public StageOptions onPlatformThreads() {
    return new StageOptions(workers, executor, ordered, window, buffer, retry, timeout, failures, true);
  }

  /** These options with results that leave as they are ready. */
  public StageOptions unordered() {
    return new StageOptions(workers, executor, false, window, buffer, retry, timeout, failures, platformThreads);
  }

  /** These options with results in order, and a bound on how far items may overtake one that takes long. */
  public StageOptions withWindow(int window) {
    Check.positive(window, "window", "leave it out to let the pipeline choose");
    return new StageOptions(workers, executor, true, window, buffer, retry, timeout, failures, platformThreads);
  }

  /** These options with a number of items, at least 1, that may wait before the stage. */
  public StageOptions withBuffer(int buffer) {
    Check.positive(buffer, "buffer", "1 means that one item may wait");
    return new StageOptions(workers, executor, ordered, window, buffer, retry, timeout, failures, platformThreads);
  }

  /** These options with retries. */
  public StageOptions withRetry(Retry retry) {
    return new StageOptions(workers, executor, ordered, window, buffer, retry, timeout, failures, platformThreads);
  }

  /** These options with a time-out for each attempt; the executor must be given before. */
  public StageOptions withTimeout(Duration timeout) {
    Check.notNull(timeout, "timeout");
    return new StageOptions(workers, executor, ordered, window, buffer, retry, timeout, failures, platformThreads);
  }

  /** These options with a failure policy of the stage's own. */
  public StageOptions withFailures(FailurePolicy failures) {
    Check.notNull(failures, "failures");
    return new StageOptions(workers, executor, ordered, window, buffer, retry, timeout, failures, platformThreads);
  }

  /** The window with the choice made. */
  int effectiveWindow() {
    return window != AUTO ? window : (int) Math.min(4L * workers, 1 << 20);
  }

  /** The buffer with the choice made. */
  int effectiveBuffer() {
    return buffer != AUTO ? buffer : (int) Math.max(LEAST_BUFFER, Math.min(2L * workers, 1 << 20));
  }
}
