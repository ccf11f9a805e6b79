package dev.heddle.micrometer;

import dev.heddle.base.Check;
import dev.heddle.futures.Executor;
import dev.heddle.futures.ExecutorStats;
import dev.heddle.process.ProcessExecutor;
import dev.heddle.process.Restarts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

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
 * <p>The registry keeps the executor until its meters are read after its end, or are {@linkplain #close removed}: what remains
 * then are the last counts. The meters of an executor take the place of those that one of the same name and tags had before.
 * <b>Thread-safe.</b>
 */
public final class ExecutorMetrics implements MeterBinder, AutoCloseable {
  private final Tags tags;
  private final boolean hasProcesses;
  private final Bound meters = new Bound();
  private volatile @Nullable Executor executor; // null once it has ended and its last figures were read
  private volatile ExecutorStats lastStats; // written before that, as the next one
  private volatile @Nullable Restarts lastRestarts;

  /** Meters with the tag {@code executor}. */
  public ExecutorMetrics(Executor executor) {
    this(executor, Tags.empty());
  }

  /** Meters with further tags. */
  public ExecutorMetrics(Executor executor, Tags tags) {
    this.executor = Check.notNull(executor, "executor");
    this.tags = Check.notNull(tags, "tags").and("executor", executor.name());
    this.hasProcesses = executor instanceof ProcessExecutor;
    this.lastStats = executor.stats();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Check.notNull(registry, "registry");
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
    if (hasProcesses) {
      restarts(registry, "crashed", Restarts::crashed);
      restarts(registry, "unready", Restarts::unready);
      restarts(registry, "stopped", Restarts::stopped);
      restarts(registry, "unfit", Restarts::unfit);
      restarts(registry, "retired", Restarts::retired);
      restarts(registry, "idle", Restarts::idle);
    }
  }

  private void counter(
      MeterRegistry registry, String name, Tags with, ToLongFunction<ExecutorStats> count, String description) {
    meters.register(
        registry, "heddle.executor." + name, with, Meter.Type.COUNTER,
        id -> FunctionCounter.builder(id, this, each -> count.applyAsLong(each.stats()))
            .tags(with)
            .description(description)
            .register(registry));
  }

  private void gauge(MeterRegistry registry, String name, ToLongFunction<ExecutorStats> count, String description) {
    meters.register(
        registry, "heddle.executor." + name, tags, Meter.Type.GAUGE,
        id -> Gauge.builder(id, this, each -> count.applyAsLong(each.stats()))
            .tags(tags)
            .description(description)
            .strongReference(true) // of this object, which the counters hold weakly
            .register(registry));
  }

  private void restarts(MeterRegistry registry, String reason, ToLongFunction<Restarts> count) {
    Tags with = tags.and("reason", reason);
    meters.register(
        registry, "heddle.executor.restarts", with, Meter.Type.COUNTER,
        id -> FunctionCounter.builder(id, this, each -> each.restarts(count))
            .tags(with)
            .description("Worker processes that have ended before their pool")
            .register(registry));
  }

  private ExecutorStats stats() {
    Executor measured = executor;
    if (measured == null) {
      return lastStats;
    }
    boolean ended = measured.isTerminated(); // before the figures, which are the last ones then
    ExecutorStats now = measured.stats();
    if (ended) {
      lastStats = now;
      lastRestarts = measured instanceof ProcessExecutor processes ? processes.restarts() : null;
      executor = null;
    }
    return now;
  }

  private double restarts(ToLongFunction<Restarts> count) {
    Restarts now = executor instanceof ProcessExecutor processes ? processes.restarts() : lastRestarts;
    return now == null ? 0 : count.applyAsLong(now);
  }

  /** Returns whether it still refers to the executor. */
  boolean keepsExecutor() {
    return executor != null;
  }

  /** Removes the meters from the registries that they were bound to; for programs that make executors again and again. */
  @Override
  public void close() {
    meters.removeAll();
  }
}
