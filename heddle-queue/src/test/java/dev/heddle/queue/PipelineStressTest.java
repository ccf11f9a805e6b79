package dev.heddle.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Limit;
import dev.heddle.futures.ThreadPool;
import dev.heddle.testkit.Bounded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random pipelines with random failures, errors, stops, cancels and interrupts: every item the source gave has reached the
 * sink, has failed or was handed to the hook, each once; and no thread is left.
 */
final class PipelineStressTest {

  @Test
  @Bounded(seconds = 60)
  void randomPipelines_forTwoSeconds_loseNothingAndLeaveNothing() throws Exception {
    soak(Duration.ofSeconds(2));
  }

  @Test
  @Tag("long")
  @Bounded(seconds = 600)
  void randomPipelines_forFiveMinutes_loseNothingAndLeaveNothing() throws Exception {
    soak(Duration.ofMinutes(5));
  }

  private static void soak(Duration time) throws Exception {
    long seed = System.nanoTime();
    System.out.println("PipelineStressTest: seed " + seed);
    Random random = new Random(seed);
    long end = System.nanoTime() + time.toNanos();
    int round = 0;
    try (Executor pool = ThreadPool.of(2)) {
      for (; System.nanoTime() < end; round++) {
        new Round(random.nextLong(), "seed " + seed + ", round " + round, pool).run();
      }
    }
    System.out.println("PipelineStressTest: " + round + " pipelines");
  }

  /** One pipeline from its start to its end. */
  private static final class Round {
    private final Random random;
    private final String name;
    private final Executor pool;
    private final Limit shared;
    private boolean ordered = true;
    private final List<Integer> sunk = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> undelivered = Collections.synchronizedList(new ArrayList<>());

    Round(long seed, String name, Executor pool) {
      this.random = new Random(seed);
      this.name = name;
      this.pool = pool;
      this.shared = Limit.concurrent(1 + random.nextInt(3));
    }

    void run() throws Exception {
      int items = random.nextInt(2_000);
      double failing = random.nextInt(3) * 0.01;
      double killing = random.nextInt(4) == 0 ? 0.002 : 0;
      Pipeline<Integer> plan = Pipeline.from(IntStream.range(0, items).boxed().toList());
      int stages = 1 + random.nextInt(3);
      for (int i = 0; i < stages; i++) {
        plan = plan.stage("stage " + i, options(), n -> work(n, failing, killing));
      }
      if (random.nextInt(3) == 0) {
        int size = 1 + random.nextInt(20);
        plan = plan.batch("batch", size, Duration.ofMillis(1)).flatMap("unbatch", options(), list -> list);
      }
      int enough = random.nextInt(3) == 0 ? random.nextInt(items + 1) : Integer.MAX_VALUE;
      PipelineOptions how = PipelineOptions.defaults()
          .withFailures(
              random.nextBoolean() ? FailurePolicy.collect() : FailurePolicy.maxFailures(5).withKeep(1_000_000))
          .withDrainTimeout(Duration.ofMillis(random.nextInt(50)))
          .onUndelivered((stage, item) -> addUndelivered(item));
      RunnablePipeline runnable = plan.toWhile(
          n -> {
            sunk.add(n);
            return sunk.size() < enough;
          });
      PipelineRun run = runnable.with(how).start();
      disturb(run);
      check(report(run));
    }

    private void addUndelivered(Object item) {
      if (item instanceof List<?> batch) {
        batch.forEach(this::addUndelivered);
      } else {
        undelivered.add((Integer) item);
      }
    }

    private StageOptions options() {
      int buffer = 1 + random.nextInt(random.nextBoolean() ? 8 : 200); // of large ones, a worker takes several items at once
      StageOptions options = StageOptions.workers(1 + random.nextInt(4)).withBuffer(buffer);
      if (random.nextBoolean()) {
        options = options.unordered();
        ordered = false;
      }
      if (random.nextInt(6) == 0) {
        options = options.withLimit(shared);
      }
      return switch (random.nextInt(4)) {
        case 0 -> options.onPlatformThreads();
        case 1 -> options.withExecutor(pool);
        default -> options;
      };
    }

    private static int work(int item, double failing, double killing) throws Exception {
      double dice = ThreadLocalRandom.current().nextDouble();
      if (dice < killing) {
        throw new AssertionError("killed at " + item);
      } else if (dice < killing + failing) {
        throw new Exception("failed at " + item);
      } else if (dice > 0.99) {
        Thread.currentThread().interrupt(); // careless code
      } else if (dice > 0.98) {
        Thread.sleep(0, 100_000); // an item that takes longer than the others
      }
      return item;
    }

    private void disturb(PipelineRun run) {
      long pause = random.nextInt(3_000_000);
      long until = System.nanoTime() + pause;
      int what = random.nextInt(4);
      while (what < 2 && System.nanoTime() < until && !run.isDone()) {
        Thread.onSpinWait();
      }
      if (what == 0) {
        run.cancel();
      } else if (what == 1) {
        run.stop();
      }
    }

    private static PipelineReport report(PipelineRun run) {
      try {
        return run.await();
      } catch (PipelineException e) {
        return e.report();
      }
    }

    private void check(PipelineReport report) {
      int given = (int) report.stage("source").orElseThrow().in();
      List<Integer> all = new ArrayList<>(sunk);
      all.addAll(undelivered);
      report.failures().forEach(failure -> all.add((Integer) failure.item()));
      assertThat(all)
          .as("%s: %s, %d in the sink, %d undelivered, %d failed", name, report, sunk.size(), undelivered.size(),
              report.failures().size())
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, given).boxed().toList());
      if (ordered) {
        assertThat(sunk).as("%s: %s", name, report).isSorted();
      }
      assertThat(shared.toString()).as("%s: %s", name, report).contains(", 0 held, 0 waiting>");
    }
  }
}
