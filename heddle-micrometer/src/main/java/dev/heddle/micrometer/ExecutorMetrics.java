package dev.heddle.micrometer;

import dev.heddle.base.Check;
import dev.heddle.futures.Executor;
import dev.heddle.futures.ExecutorStats;
import dev.heddle.process.ProcessExecutor;
import dev.heddle.process.Restarts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Meters of an executor's tasks and workers.
 *
 * <pre>{@code
 * new ExecutorMetrics(pool).bindTo(registry);
 * }</pre>
 *
 * <p>Counters: {@code heddle.executor.tasks.submitted}, {@code heddle.executor.tasks} by {@code outcome} (succeeded, failed,
 * cancelled), {@code heddle.executor.retries}, {@code heddle.executor.failed.starts}; of a process pool also {@code
 * heddle.executor.restarts} by {@code reason}. Gauges: {@code heddle.executor.queued}, {@code running}, {@code waiting} and
 * {@code workers}. All have the tag {@code executor}, the executor's name. {@link TaskMetrics} has the durations.
 *
 * <p>The registry keeps the executor, also when it is closed: the counts of a closed executor remain. <b>Thread-safe.</b>
 */
public final class ExecutorMetrics implements MeterBinder {
  private final Executor executor;
  private final Tags tags;

  /** Meters with the tag {@code executor}. */
  public ExecutorMetrics(Executor executor) {
    this(executor, Tags.empty());
  }

  /** Meters with further tags. */
  public ExecutorMetrics(Executor executor, Tags tags) {
    this.executor = Check.notNull(executor, "executor");
    this.tags = Check.notNull(tags, "tags").and("executor", executor.name());
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    counter(registry, "tasks.submitted", tags, ExecutorStats::submitted, "Tasks accepted");
    counter(registry, "tasks", tags.and("outcome", "succeeded"), ExecutorStats::succeeded, "Tasks that have ended");
    counter(registry, "tasks", tags.and("outcome", "failed"), ExecutorStats::failed, "Tasks that have ended");
    counter(registry, "tasks", tags.and("outcome", "cancelled"), ExecutorStats::cancelled, "Tasks that have ended");
    counter(registry, "retries", tags, ExecutorStats::retried, "Attempts that failed and were followed by another");
    counter(registry, "failed.starts", tags, ExecutorStats::failedStarts, "Starts of workers that have failed");
    gauge(registry, "queued", ExecutorStats::queued, "Tasks that have not begun");
    gauge(registry, "running", ExecutorStats::running, "Tasks under way");
    gauge(registry, "waiting", ExecutorStats::waiting, "Tasks under way that wait for another task");
    gauge(registry, "workers", ExecutorStats::workers, "Live workers");
    if (executor instanceof ProcessExecutor processes) {
      restarts(registry, processes, "crashed", Restarts::crashed);
      restarts(registry, processes, "unready", Restarts::unready);
      restarts(registry, processes, "stopped", Restarts::stopped);
      restarts(registry, processes, "unfit", Restarts::unfit);
      restarts(registry, processes, "retired", Restarts::retired);
      restarts(registry, processes, "idle", Restarts::idle);
    }
  }

  private void counter(
      MeterRegistry registry, String name, Tags with, ToLongFunction<ExecutorStats> count, String description) {
    FunctionCounter.builder("heddle.executor." + name, executor, of(count))
        .tags(with)
        .description(description)
        .register(registry);
  }

  private void gauge(MeterRegistry registry, String name, ToLongFunction<ExecutorStats> count, String description) {
    Gauge.builder("heddle.executor." + name, executor, of(count))
        .tags(tags)
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  private static ToDoubleFunction<Executor> of(ToLongFunction<ExecutorStats> count) {
    return each -> count.applyAsLong(each.stats());
  }

  private void restarts(
      MeterRegistry registry, ProcessExecutor processes, String reason, ToLongFunction<Restarts> count) {
    FunctionCounter.builder("heddle.executor.restarts", processes, each -> count.applyAsLong(each.restarts()))
        .tags(tags.and("reason", reason))
        .description("Worker processes that have ended before their pool")
        .register(registry);
  }
}
