package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Executor;
import dev.heddle.futures.ThreadPool;
import dev.heddle.process.ProcessExecutor;
import dev.heddle.process.ProcessPool;
import dev.heddle.queue.ClosableQueue;
import dev.heddle.queue.FailurePolicy;
import dev.heddle.queue.Pipeline;
import dev.heddle.queue.PipelineException;
import dev.heddle.queue.PipelineOptions;
import dev.heddle.queue.PipelineReport;
import dev.heddle.queue.PipelineRun;
import dev.heddle.queue.QueueClosedException;
import dev.heddle.queue.StageOptions;
import dev.heddle.subprocess.RunningProcess;
import dev.heddle.subprocess.Subprocess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random pipelines over threads, child processes and worker processes, fed by a queue that is closed in every way, disturbed by
 * failures, kills, stops and cancels: each item that was put is in the queue, in the sink, failed or handed to the hook, once;
 * and no thread, process or file descriptor is left.
 *
 * <p>The seed that is printed gives the same pipelines, items and failures again, but not the same timing.
 */
final class PipelineSoakTest {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd"); // on Linux
  private static final int OTHERS = 16; // descriptors that the JVM or the file system may open meanwhile
  private static final int KINDS = 5; // of stages

  private final LongAdder rounds = new LongAdder();
  private final LongAdder items = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder undelivered = new LongAdder();
  private final LongAdder killed = new LongAdder();
  private final LongAdder crashes = new LongAdder();

  @Test
  @Timeout(300)
  void randomPipelines_someRounds_loseNothingAndLeaveNothing() throws Exception {
    soak(Duration.ZERO);
  }

  @Test
  @Tag("long")
  @Timeout(1_200)
  void randomPipelines_forFiveMinutes_loseNothingAndLeaveNothing() throws Exception {
    soak(Duration.ofMinutes(5));
  }

  private void soak(Duration time) throws Exception {
    long seed = System.nanoTime();
    System.out.println("PipelineSoakTest: seed " + seed);
    Random random = new Random(seed);
    withPools((threads, processes) -> new Round(random.nextLong(), "warming up", threads, processes).warmUp());
    long descriptors = descriptors();
    withPools((threads, processes) -> {
      long begun = System.nanoTime();
      for (int i = 0; i < 10 || System.nanoTime() - begun < time.toNanos(); i++) {
        new Round(random.nextLong(), "seed " + seed + ", round " + i, threads, processes).run();
        rounds.increment();
      }
    });
    System.out.println(
        "PipelineSoakTest: " + rounds + " pipelines, " + items + " items put, " + failed + " failed, " + undelivered
            + " undelivered, " + killed + " child processes killed, " + crashes + " worker processes crashed");
    eventually("no process is left", () -> ProcessHandle.current().descendants().noneMatch(ProcessHandle::isAlive));
    eventually("no thread is left", () -> threads().isEmpty());
    eventually("no file descriptor is left", () -> descriptors() <= descriptors + OTHERS);
  }

  private interface Work {
    void run(Executor threads, Executor processes) throws Exception;
  }

  private void withPools(Work work) throws Exception {
    try (Executor threads = ThreadPool.of(2);
        ProcessExecutor processes = ProcessPool.of(2)) {
      work.run(threads, processes);
      crashes.add(processes.crashes());
    }
  }

  /** How many file descriptors this process has open; 0 where that cannot be seen. */
  private static long descriptors() throws IOException {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return 0;
    }
    try (Stream<Path> open = Files.list(DESCRIPTORS)) {
      return open.count();
    }
  }

  /** The platform threads of Heddle's that are to end with what they work for; virtual ones show in the descriptors' owners. */
  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("heddle-subprocess") || name.startsWith("process reaper (pid")
            || name.contains("-worker-") || name.startsWith("feeder") || name.startsWith("pipeline"))
        .filter(name -> !name.startsWith("ForkJoinPool") && !name.startsWith("junit"))
        .toList();
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void eventually(String what, Condition condition) throws Exception {
    for (int i = 0; !condition.holds(); i++) {
      assertThat(i).as(what + "; threads " + threads() + ", descriptors " + descriptors()).isLessThan(6_000);
      Thread.sleep(10); // the system sends no event when it releases a descriptor
    }
  }

  /** One pipeline from its start to its end. */
  private final class Round {
    private final Random random;
    private final String name;
    private final Executor threads;
    private final Executor processes;
    private final ClosableQueue<Integer> source;
    private final List<Integer> put = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> left = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> sunk = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> handedOver = Collections.synchronizedList(new ArrayList<>());

    Round(long seed, String name, Executor threads, Executor processes) {
      this.random = new Random(seed);
      this.name = name;
      this.threads = threads;
      this.processes = processes;
      this.source = ClosableQueue.fifo(1 + random.nextInt(16));
    }

    /** Items go through a stage of each kind, so that whatever the JVM keeps open for these is open afterwards. */
    void warmUp() {
      Pipeline<Integer> plan = Pipeline.from(IntStream.range(0, 40).boxed().toList());
      for (int kind = 0; kind < KINDS; kind++) {
        plan = stage(plan, "stage " + kind, kind);
      }
      report(plan.to(sunk::add).with(PipelineOptions.defaults().withFailures(FailurePolicy.collect())).start());
    }

    void run() throws Exception {
      int count = random.nextInt(80);
      int closing = random.nextInt(4);
      int early = random.nextInt(count + 1);
      Thread feeder = Thread.ofPlatform().name("feeder").start(() -> feed(count, closing, early));
      Pipeline<Integer> plan = Pipeline.from(source);
      int stages = 1 + random.nextInt(3);
      for (int i = 0; i < stages; i++) {
        plan = stage(plan, "stage " + i, random.nextInt(KINDS));
      }
      int enough = random.nextInt(4) == 0 ? random.nextInt(count + 1) : Integer.MAX_VALUE;
      PipelineRun run = plan.toWhile(
          n -> {
            sunk.add(n);
            return sunk.size() < enough;
          })
          .with(
              PipelineOptions.defaults()
                  .withFailures(
                      random.nextBoolean() ? FailurePolicy.collect() : FailurePolicy.maxFailures(5).withKeep(1_000_000))
                  .withDrainTimeout(Duration.ofMillis(random.nextInt(50)))
                  .onUndelivered((stage, item) -> handedOver.add((Integer) item)))
          .start();
      disturb(run);
      PipelineReport report = report(run);
      left.addAll(source.closeNow());
      feeder.join();
      check(report);
    }

    /** Puts items until it is closed, and closes it: in the end or before, gently, at once or with an error. */
    private void feed(int count, int closing, int early) {
      try {
        for (int i = 0; i < (closing == 0 ? count : early); i++) {
          source.put(i);
          put.add(i);
        }
      } catch (QueueClosedException e) {
        return; // the run is over
      } catch (InterruptedException e) {
        throw new IllegalStateException("the feeder was interrupted, which no part of this test does", e);
      }
      switch (closing) {
        case 2 -> left.addAll(source.closeNow());
        case 3 -> source.closeWithError(new IOException("the source broke"));
        default -> source.close();
      }
    }

    private Pipeline<Integer> stage(Pipeline<Integer> plan, String stage, int kind) {
      StageOptions options = StageOptions.workers(1 + random.nextInt(3)).withBuffer(1 + random.nextInt(4));
      StageOptions how = random.nextBoolean() ? options : options.unordered();
      long seed = random.nextLong();
      return switch (kind) {
        case 0 -> plan.stage(stage, how.onPlatformThreads(), n -> fail(seed, n));
        case 1 -> plan.stage(stage, how.withExecutor(threads), n -> fail(seed, n));
        case 2 -> plan.stage(stage, how.withExecutor(processes), n -> crash(seed, n));
        case 3 -> plan.stage(stage, how, n -> throughAChild(seed, n));
        default -> plan.stage(stage, how, n -> fail(seed, n));
      };
    }

    private int throughAChild(long seed, int item) throws Exception {
      try (RunningProcess cat = Subprocess.command("cat").withInput("" + item).withCheck().start()) {
        switch (dice(seed, item, 12)) {
          case 0 -> cat.kill();
          case 1 -> cat.terminate();
          case 2 -> ProcessHandle.of(cat.pid()).ifPresent(ProcessHandle::destroyForcibly);
          default -> {
            return Integer.parseInt(cat.result().stdout());
          }
        }
        killed.increment();
        return Integer.parseInt(cat.result().stdout()); // it may have ended before
      }
    }

    private void disturb(PipelineRun run) {
      long until = System.nanoTime() + random.nextInt(40_000_000);
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
      List<Integer> all = new ArrayList<>(sunk);
      all.addAll(left);
      all.addAll(handedOver);
      report.failures().forEach(failure -> all.add((Integer) failure.item()));
      assertThat(all)
          .as("%s: %s, %d in the sink, %d left in the queue, %d undelivered, %d failed", name, report, sunk.size(),
              left.size(), handedOver.size(), report.failures().size())
          .containsExactlyInAnyOrderElementsOf(put);
      items.add(put.size());
      failed.add(report.failures().size());
      undelivered.add(handedOver.size());
    }
  }

  /** The same for the same item of the same stage, whichever worker has it. */
  private static int dice(long seed, int item, int sides) {
    return new SplittableRandom(seed + item).nextInt(sides);
  }

  private static int fail(long seed, int item) throws Exception {
    int dice = dice(seed, item, 100);
    if (dice == 0) {
      throw new AssertionError("killed at " + item);
    } else if (dice < 4) {
      throw new Exception("failed at " + item);
    } else if (dice == 4) {
      Thread.currentThread().interrupt(); // careless code
    }
    return item;
  }

  /** Runs in a worker process. */
  private static int crash(long seed, int item) throws Exception {
    int dice = dice(seed, item, 100);
    if (dice == 0) {
      Runtime.getRuntime().halt(3);
    } else if (dice < 4) {
      throw new Exception("failed at " + item);
    }
    return item;
  }
}
