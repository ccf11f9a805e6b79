package dev.heddle.queue.run;

import dev.heddle.base.Check;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Retry;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.TaskFunction;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.WaitInterruptedException;
import dev.heddle.queue.StageOptions;
import dev.heddle.queue.meter.WorkerMeter;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The function of a stage, with its executor, time-out and retries. */
final class StageFunction {
  private final TaskFunction<Object, @Nullable Object> fn;
  private final @Nullable Executor executor;
  private final Retry retry;
  private final TaskOptions options;

  StageFunction(String stage, TaskFunction<Object, @Nullable Object> fn, StageOptions options) {
    this.fn = fn;
    this.executor = options.executor();
    this.retry = executor == null ? options.retry() : Retry.NEVER; // an executor retries by itself, without blocking a worker
    TaskOptions task = TaskOptions.named(stage).withRetry(options.retry());
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
    for (int attempt = 1;; attempt++) {
      try {
        return executor == null ? fn.apply(item) : callOn(executor, item, meter);
      } catch (Exception e) {
        if (e instanceof InterruptedException || attempt >= retry.attempts() || !retry.when().test(e)) {
          throw e;
        }
        pause(delay(attempt), node);
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

  private Duration delay(int attempt) {
    double longest = Check.nanos(retry.maxDelay());
    double full = Math.min(Check.nanos(retry.delay()) * Math.pow(retry.factor(), attempt - 1), longest);
    return Duration.ofNanos((long) (full * (1 - retry.jitter() * ThreadLocalRandom.current().nextDouble())));
  }
}
