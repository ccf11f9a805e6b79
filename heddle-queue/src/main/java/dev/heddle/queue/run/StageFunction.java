package dev.heddle.queue.run;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Limit;
import dev.heddle.futures.Permit;
import dev.heddle.futures.Retry;
import dev.heddle.futures.RetryBudget;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.TaskFunction;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.WaitInterruptedException;
import dev.heddle.queue.StageOptions;
import dev.heddle.queue.meter.WorkerMeter;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The function of a stage, with its executor, time-out and retries. */
final class StageFunction {
  private final TaskFunction<Object, @Nullable Object> fn;
  private final @Nullable Executor executor;
  private final Retry retry;
  private final TaskOptions options;
  private final @Nullable Function<Object, Limit> limits;
  private final Limit workers; // on the items that are processed at once, while others wait for permits

  StageFunction(String stage, TaskFunction<Object, @Nullable Object> fn, StageOptions options) {
    this.fn = fn;
    this.executor = options.executor();
    this.limits = options.limits();
    this.workers = Limit.concurrent(options.workers());
    boolean here = executor == null || limits != null; // an executor retries by itself, but knows no limit of an item
    this.retry = here ? options.retry() : Retry.NEVER;
    TaskOptions task = TaskOptions.named(stage).withRetry(here ? Retry.NEVER : options.retry());
    Duration timeout = options.timeout();
    this.options = timeout == null ? task : task.withTimeout(timeout);
  }

  /**
   * Calls the function; throws what the last attempt threw.
   *
   * @throws InterruptedException also if the node was cancelled between two attempts
   */
  @Nullable
  Object call(Object item, NodeRun node, WorkerMeter meter) throws Throwable {
    return retry == Retry.NEVER ? callOnce(item, node, meter) : callUntilItSucceeds(item, node, meter);
  }

  private @Nullable Object callOnce(Object item, NodeRun node, WorkerMeter meter) throws Throwable {
    return limits == null ? callNow(item, meter) : callWithPermits(limits.apply(item), item, node, meter);
  }

  private @Nullable Object callUntilItSucceeds(Object item, NodeRun node, WorkerMeter meter) throws Throwable {
    long begin = System.nanoTime();
    RetryBudget budget = retry.budget();
    if (budget != null) {
      budget.firstAttempt();
    }
    for (int attempt = 1;; attempt++) {
      try {
        return callOnce(item, node, meter);
      } catch (Exception e) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
        Duration pause = e instanceof InterruptedException ? null : retry.pauseAfter(attempt, e, elapsed);
        if (pause == null) {
          throw e;
        }
        pause(pause, node);
      }
    }
  }

  private @Nullable Object callNow(Object item, WorkerMeter meter) throws Throwable {
    return executor == null ? fn.apply(item) : callOn(executor, item, meter);
  }

  private @Nullable Object callWithPermits(Limit limit, Object item, NodeRun node, WorkerMeter meter) throws Throwable {
    meter.limited(true);
    try (Permit _ = permit(limit.acquire(), node)) {
      meter.limited(false);
      try (Permit _ = permit(workers.acquire(), node)) {
        return callNow(item, meter);
      }
    } finally {
      meter.limited(false);
    }
  }

  /** Waits for a permit; only an interrupt by the cancellation of the node ends the wait early. */
  private static Permit permit(Future<Permit> wanted, NodeRun node) throws Throwable {
    while (true) {
      try {
        Throwable failure = wanted.exception(); // keeps the place in the queue if it is interrupted
        if (failure != null) { // a limit of the user's own
          throw failure;
        }
        return wanted.result();
      } catch (WaitInterruptedException e) {
        try {
          node.checkpoint();
        } catch (InterruptedException cancelled) {
          if (!wanted.cancel(true)) {
            wanted.addDoneCallback(granted -> granted.result().close());
          }
          throw cancelled;
        }
      }
    }
  }

  /** Sleeps; only an interrupt by the cancellation of the node ends the sleep early. */
  private static void pause(Duration time, NodeRun node) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      node.checkpoint();
      try {
        Thread.sleep(Duration.ofNanos(left));
      } catch (InterruptedException e) {
        node.checkpoint();
      }
    }
    node.checkpoint();
  }

  private @Nullable Object callOn(Executor pool, Object item, WorkerMeter meter) throws Throwable {
    Future<@Nullable Object> result = pool.submit(options, new ItemCall(fn, item));
    meter.await(result);
    try {
      return result.result();
    } catch (TaskFailedException e) {
      throw e.getCause();
    } catch (WaitInterruptedException e) {
      result.cancel(true);
      throw e;
    } finally {
      meter.await(null);
    }
  }
}
