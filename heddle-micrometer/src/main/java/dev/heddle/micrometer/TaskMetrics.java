package dev.heddle.micrometer;

import dev.heddle.base.Check;
import dev.heddle.futures.Future;
import dev.heddle.futures.TaskListener;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Durations of an executor's tasks: a listener, which is given to the executor when it is made.
 *
 * <pre>{@code
 * PoolOptions options = PoolOptions.named("orders").withListener(new TaskMetrics(registry, "orders"));
 * }</pre>
 *
 * <p>Timers: {@code heddle.task.queued}, from the submission to the first attempt, with all pauses and waits for permits;
 * and {@code heddle.task.attempt}, by {@code outcome}: succeeded, failed, cancelled, or retried, which another attempt
 * follows. Both have the tag {@code executor}. The time of an attempt ends when its future does, also if a body that ignores
 * its interrupt runs on.
 *
 * <p><b>Thread-safe.</b> It keeps two numbers for each task that has not ended.
 */
public final class TaskMetrics implements TaskListener {
  private final Clock clock;
  private final Timer queued;
  private final Timer succeeded;
  private final Timer failed;
  private final Timer cancelled;
  private final Timer retried;
  private final Map<Future<?>, Long> submitted = new ConcurrentHashMap<>(); // until the first attempt begins
  private final Map<Future<?>, Long> begun = new ConcurrentHashMap<>();

  /** Timers with the tag {@code executor}. */
  public TaskMetrics(MeterRegistry registry, String executor) {
    this(registry, executor, Tags.empty());
  }

  /** Timers with further tags. */
  public TaskMetrics(MeterRegistry registry, String executor, Tags tags) {
    this.clock = Check.notNull(registry, "registry").config().clock();
    Tags all = Check.notNull(tags, "tags").and("executor", Check.notBlank(executor, "executor", "it tells pools apart"));
    this.queued = Timer.builder("heddle.task.queued").tags(all).description("From submission to begin").register(registry);
    this.succeeded = attempts(registry, all, "succeeded");
    this.failed = attempts(registry, all, "failed");
    this.cancelled = attempts(registry, all, "cancelled");
    this.retried = attempts(registry, all, "retried");
  }

  private static Timer attempts(MeterRegistry registry, Tags tags, String outcome) {
    return Timer.builder("heddle.task.attempt")
        .tags(tags.and("outcome", outcome))
        .description("Attempts at tasks")
        .register(registry);
  }

  @Override
  public void submitted(Future<?> task) {
    submitted.put(task, clock.monotonicTime());
  }

  @Override
  public void started(Future<?> task) {
    long now = clock.monotonicTime();
    record(queued, submitted.remove(task), now); // of the first attempt; later ones have none
    begun.put(task, now);
    if (task.isDone()) { // cancelled at this moment: its end may have been told before
      begun.remove(task);
    }
  }

  @Override
  public void retrying(Future<?> task, Throwable failure) {
    record(retried, begun.remove(task), clock.monotonicTime());
  }

  @Override
  public void finished(Future<?> task) {
    submitted.remove(task);
    Timer timer = switch (task.state()) {
      case SUCCESS -> succeeded;
      case CANCELLED -> cancelled;
      case FAILED, RUNNING -> failed;
    };
    record(timer, begun.remove(task), clock.monotonicTime());
  }

  /** Returns how many tasks are remembered. */
  int pending() {
    return submitted.size() + begun.size();
  }

  private static void record(Timer timer, @Nullable Long since, long now) {
    if (since != null) {
      timer.record(now - since, TimeUnit.NANOSECONDS);
    }
  }
}
