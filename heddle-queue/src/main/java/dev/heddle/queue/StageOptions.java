package dev.heddle.queue;

import dev.heddle.base.Cast;
import dev.heddle.base.Check;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Limit;
import dev.heddle.futures.Retry;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Options of a stage of a pipeline. Immutable.
 *
 * <pre>{@code
 * StageOptions.workers(8).withRetry(Retry.times(3)).unordered()
 * }</pre>
 *
 * @param workers how many items it processes at once, at least 1
 * @param executor where its function runs; null means threads of its own. A function that
 *     runs in a process pool must be serializable, and so must its items and results. The pipeline does not close it
 * @param ordered whether its results are handed on in the order of their items
 * @param window how many items at most an ordered stage processes beyond the oldest unfinished one; {@link #AUTO} means
 *     four for each worker
 * @param buffer the capacity of its input queue; {@link #AUTO} means two items for each worker, and at least 32
 * @param retry whether and when a failed attempt at an item is followed by another; on threads of its own, the
 *     worker sleeps during the pause, and a deadline over all attempts does not stop one that runs
 * @param timeout the longest duration of one attempt, longer than zero; requires an executor; null means no limit
 * @param failures how many failed items are tolerated; null means the pipeline's policy
 * @param limits returns the limit of an item, from which each attempt at it takes a permit; null means no limit. Items
 *     that wait for a permit do not count as processed: the stage takes up to {@code window} items, also if it is unordered,
 *     of which {@code workers} are processed at once and the others wait
 * @param platformThreads whether its own threads are platform threads, for computations; otherwise virtual threads
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
    @Nullable Function<Object, Limit> limits,
    boolean platformThreads) {
  /** Leaves the choice to the pipeline. */
  public static final int AUTO = 0;

  /** Checks the values. */
  public StageOptions {
    Check.positive(workers, "workers", "a stage without workers processes nothing");
    Check.notNegative(window, "window", "StageOptions.AUTO (0) lets the pipeline choose");
    Check.notNegative(buffer, "buffer", "StageOptions.AUTO (0) lets the pipeline choose");
    Check.notNull(retry, "retry");
    if (timeout != null) {
      Check.positive(timeout, "timeout", "leave it out for attempts without a limit");
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

  /** Returns options with virtual threads, ordered results and no retries. */
  public static StageOptions workers(int workers) {
    return new StageOptions(workers, null, true, AUTO, AUTO, Retry.NEVER, null, null, null, false);
  }

  /** Returns these options with an executor that runs the function. */
  public StageOptions withExecutor(Executor executor) {
    return new StageOptions(
        workers, Check.notNull(executor, "executor"), ordered, window, buffer, retry, timeout, failures, limits,
        platformThreads);
  }

  /** Returns these options with platform threads in place of virtual ones. */
  public StageOptions onPlatformThreads() {
    return new StageOptions(workers, executor, ordered, window, buffer, retry, timeout, failures, limits, true);
  }

  /** Returns these options with results that are handed on as they become ready. */
  public StageOptions unordered() {
    return new StageOptions(workers, executor, false, window, buffer, retry, timeout, failures, limits, platformThreads);
  }

  /** Returns these options with results in order, and a bound on how far items may overtake a slow one. */
  public StageOptions withWindow(int window) {
    Check.positive(window, "window", "leave it out to let the pipeline choose");
    return new StageOptions(workers, executor, true, window, buffer, retry, timeout, failures, limits, platformThreads);
  }

  /** Returns these options with an input queue of another capacity, at least 1. */
  public StageOptions withBuffer(int buffer) {
    Check.positive(buffer, "buffer", "1 means that one item may wait before the stage");
    return new StageOptions(workers, executor, ordered, window, buffer, retry, timeout, failures, limits, platformThreads);
  }

  /** Returns these options with retries. */
  public StageOptions withRetry(Retry retry) {
    return new StageOptions(workers, executor, ordered, window, buffer, retry, timeout, failures, limits, platformThreads);
  }

  /** Returns these options with a time-out for each attempt; give the executor before. */
  public StageOptions withTimeout(Duration timeout) {
    Check.notNull(timeout, "timeout");
    return new StageOptions(workers, executor, ordered, window, buffer, retry, timeout, failures, limits, platformThreads);
  }

  /** Returns these options with a failure policy of the stage's own. */
  public StageOptions withFailures(FailurePolicy failures) {
    Check.notNull(failures, "failures");
    return new StageOptions(workers, executor, ordered, window, buffer, retry, timeout, failures, limits, platformThreads);
  }

  /** Returns these options with a limit on the items, which others may share. */
  public StageOptions withLimit(Limit limit) {
    Check.notNull(limit, "limit");
    return withLimit(_ -> limit);
  }

  /**
   * Returns these options with a limit that depends on the item, such as one for each host.
   *
   * @param limits give the type of the items: {@code withLimit((URI uri) -> perHost.forKey(uri.getHost()))}
   */
  public <T> StageOptions withLimit(Function<? super T, ? extends Limit> limits) {
    Check.notNull(limits, "limits");
    return new StageOptions(
        workers, executor, ordered, window, buffer, retry, timeout, failures,
        item -> Check.notNull(limits.apply(Cast.<T>to(item)), "the limit of an item"), platformThreads);
  }
}
