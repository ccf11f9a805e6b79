package dev.heddle.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Futures;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.Retry;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.ThreadPool;
import dev.heddle.process.ProcessExecutor;
import dev.heddle.process.ProcessOptions;
import dev.heddle.process.ProcessPool;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.Gate;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@Bounded
class ExecutorMetricsTest {
  private final MockClock clock = new MockClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);

  private double counter(String name, String... tags) {
    return registry.get(name).tags(tags).functionCounter().count();
  }

  private double gauge(String name) {
    return registry.get(name).tag("executor", "orders").gauge().value();
  }

  @Test
  void executor_withTasksOfEachOutcome_countsThem() throws Exception {
    try (Executor pool = ThreadPool.of(1, PoolOptions.named("orders"));
        Gate gate = Gate.local();
        Gate begun = Gate.local()) {
      new ExecutorMetrics(pool, Tags.of("zone", "a")).bindTo(registry);
      Future<?> running = pool.submit(() -> {
        begun.open();
        gate.await();
      });
      begun.await();
      Future<?> queued = pool.submit(() -> 1);
      assertThat(gauge("heddle.executor.running")).isEqualTo(1);
      assertThat(gauge("heddle.executor.queued")).isEqualTo(1);
      assertThat(gauge("heddle.executor.workers")).isEqualTo(1);
      assertThat(gauge("heddle.executor.waiting")).isZero();
      queued.cancel();
      gate.open();
      AtomicInteger attempts = new AtomicInteger();
      Retry retry = Retry.times(2).withDelay(Duration.ZERO);
      pool.submit(TaskOptions.defaults().withRetry(retry), () -> failingOnce(attempts)).result();
      pool.submit(() -> failingOnce(new AtomicInteger())).exception();
      Futures.wait(List.of(running));
      assertThat(counter("heddle.executor.tasks", "outcome", "succeeded", "zone", "a")).isEqualTo(2);
      assertThat(counter("heddle.executor.tasks", "outcome", "failed")).isEqualTo(1);
      assertThat(counter("heddle.executor.tasks", "outcome", "cancelled")).isEqualTo(1);
      assertThat(counter("heddle.executor.tasks.submitted", "executor", "orders")).isEqualTo(4);
      assertThat(counter("heddle.executor.retries")).isEqualTo(1);
      assertThat(registry.find("heddle.executor.restarts").functionCounter()).isNull();
    }
  }

  @Test
  void executor_thatHasEnded_isLetGoAndItsCountsRemain() {
    ExecutorMetrics metrics;
    try (Executor pool = ThreadPool.of(1, PoolOptions.named("orders"))) {
      metrics = new ExecutorMetrics(pool);
      metrics.bindTo(registry);
      pool.submit(() -> 1).result();
      assertThat(gauge("heddle.executor.queued")).isZero();
      assertThat(metrics.keepsExecutor()).isTrue();
    }
    assertThat(gauge("heddle.executor.workers")).isZero();
    assertThat(metrics.keepsExecutor()).as("after the first look at an executor that has ended").isFalse();
    assertThat(counter("heddle.executor.tasks", "outcome", "succeeded")).isEqualTo(1);
  }

  @Test
  void close_removesTheMeters() {
    try (Executor pool = ThreadPool.of(1, PoolOptions.named("orders"));
        Executor other = ThreadPool.of(1, PoolOptions.named("others"))) {
      ExecutorMetrics metrics = new ExecutorMetrics(pool);
      metrics.bindTo(registry);
      new ExecutorMetrics(other).bindTo(registry);
      metrics.close();
      assertThat(registry.getMeters()).isNotEmpty()
          .allSatisfy(meter -> assertThat(meter.getId().getTag("executor")).isEqualTo("others"));
    }
  }

  /** A registry that has a meter of that name and tags would go on with the executor before. */
  @Test
  void anotherExecutorOfTheSameName_isTheOneThatIsMeasured() {
    ExecutorMetrics before;
    try (Executor first = ThreadPool.of(1, PoolOptions.named("orders"))) {
      before = new ExecutorMetrics(first);
      before.bindTo(registry);
    }
    try (Executor second = ThreadPool.of(1, PoolOptions.named("orders"))) {
      new ExecutorMetrics(second).bindTo(registry);
      second.submit(() -> 1).result();
      assertThat(counter("heddle.executor.tasks.submitted", "executor", "orders")).isEqualTo(1);
      before.close();
      assertThat(counter("heddle.executor.tasks.submitted", "executor", "orders")).as("not those of another").isEqualTo(1);
    }
  }

  @Test
  void processPool_whoseWorkerExits_countsTheRestart() {
    try (ProcessExecutor pool = ProcessPool.of(1, ProcessOptions.named("legacy"))) {
      new ExecutorMetrics(pool).bindTo(registry);
      assertThat(counter("heddle.executor.restarts", "reason", "crashed")).isZero();
      assertThat(pool.submit(() -> System.exit(3)).exception()).isNotNull();
      Eventually.holds("the exit is counted", () -> counter("heddle.executor.restarts", "reason", "crashed") == 1);
      assertThat(counter("heddle.executor.tasks", "executor", "legacy", "outcome", "failed")).isEqualTo(1);
    }
  }

  @Test
  void tasks_ofEachOutcome_areTimed() throws Exception {
    TaskMetrics metrics = new TaskMetrics(registry, "orders");
    try (Executor pool = ThreadPool.of(1, PoolOptions.named("orders").withListener(metrics));
        Gate gate = Gate.local();
        Gate begun = Gate.local()) {
      Future<?> slow = pool.submit(() -> {
        begun.open();
        gate.await();
      });
      begun.await();
      Future<?> waits = pool.submit(() -> 1);
      Future<?> never = pool.submit(() -> 2);
      never.cancel();
      clock.add(Duration.ofSeconds(3));
      gate.open();
      Futures.wait(List.of(slow, waits));
      AtomicInteger attempts = new AtomicInteger();
      Retry retry = Retry.times(2).withDelay(Duration.ZERO);
      pool.submit(TaskOptions.defaults().withRetry(retry), () -> failingOnce(attempts)).result();
      pool.submit(() -> failingOnce(new AtomicInteger())).exception();
    }
    assertThat(registry.get("heddle.task.attempt").tag("outcome", "succeeded").timer().count()).isEqualTo(3);
    assertThat(registry.get("heddle.task.attempt").tag("outcome", "succeeded").timer().max(TimeUnit.SECONDS)).isEqualTo(3);
    assertThat(registry.get("heddle.task.attempt").tag("outcome", "retried").timer().count()).isEqualTo(1);
    assertThat(registry.get("heddle.task.attempt").tag("outcome", "failed").timer().count()).isEqualTo(1);
    assertThat(registry.get("heddle.task.attempt").tag("outcome", "cancelled").timer().count()).isZero();
    assertThat(registry.get("heddle.task.queued").tag("executor", "orders").timer().count()).isEqualTo(4);
    assertThat(registry.get("heddle.task.queued").timer().max(TimeUnit.SECONDS)).isEqualTo(3);
    assertThat(metrics.pending()).as("nothing is kept of tasks that have ended").isZero();
  }

  private static int failingOnce(AtomicInteger attempts) throws IOException {
    if (attempts.incrementAndGet() == 1) {
      throw new IOException("on purpose");
    }
    return 1;
  }
}
