package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.BrokenExecutorException;
import dev.heddle.futures.Future;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.CrossProcessLatches;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.Tally;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How workers are started, prepared, replaced and ended. */
@Bounded(seconds = 120)
class StartTest {
  private static final CrossProcessLatches LATCHES = CrossProcessLatches.open();
  private static String prepared = "";

  @AfterAll
  static void close() {
    LATCHES.close();
  }

  @Test
  void initializer_runsOnceInEachWorkerBeforeItsTasks() {
    Tally ran = LATCHES.newTally();
    ProcessOptions options = ProcessOptions.defaults().withInitializer(() -> prepared = "by call " + ran.hit());
    try (ProcessExecutor pool = ProcessPool.of(1, options)) {
      assertThat(pool.submit(() -> prepared).result()).isEqualTo("by call 1");
      assertThat(pool.submit(() -> prepared).result()).isEqualTo("by call 1");
      pool.submit(() -> Runtime.getRuntime().halt(1)).exception();
      assertThat(pool.submit(() -> prepared).result()).isEqualTo("by call 2");
      assertThat(prepared).as("here").isEmpty();
    }
  }

  @Test
  void initializer_thatFails_breaksThePoolWithItsCause() {
    ProcessOptions options = ProcessOptions.named("shop")
        .withInitializer(() -> { throw new IllegalStateException("no fonts"); });
    try (ProcessExecutor pool = ProcessPool.of(2, options)) {
      Future<Integer> future = pool.submit(() -> 1);
      assertThat(future.exception())
          .isInstanceOf(BrokenExecutorException.class)
          .hasMessageContaining("shop")
          .hasMessageContaining("no fonts")
          .hasCauseInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> pool.submit(() -> 2)).isInstanceOf(BrokenExecutorException.class);
    }
  }

  /** The start time-out cannot be what ends it: the test would be over before. */
  @Test
  void jvmOption_thatIsWrong_breaksThePoolWithTheJvmsOwnWords() {
    ProcessOptions options = ProcessOptions.defaults()
        .withJvm(jvm -> jvm.withOptions("-XX:+NoSuchOption"))
        .withStartTimeout(Duration.ofHours(1));
    try (ProcessExecutor pool = ProcessPool.of(1, options)) {
      long start = System.nanoTime();
      assertThat(pool.submit(() -> 1).exception())
          .isInstanceOf(BrokenExecutorException.class)
          .hasMessageContaining("NoSuchOption")
          .hasMessageContaining("Unrecognized VM option")
          .hasMessageContaining("mend the option 'NoSuchOption' in withJvm(jvm -> jvm.withOptions")
          .hasCauseInstanceOf(WorkerStartException.class);
      System.out.println("a wrong option was told after " + (System.nanoTime() - start) / 1_000_000 + " ms");
      assertThat(pool.restarts().unready()).as("starts before the pool was broken").isEqualTo(3);
      assertThatThrownBy(() -> pool.submit(() -> 2)).isInstanceOf(BrokenExecutorException.class)
          .hasMessageContaining("NoSuchOption");
    }
  }

  @Test
  void variable_thatOnlyWorkersHave_isNamedByTheRemedy() {
    ProcessOptions options = ProcessOptions.defaults()
        .withJvm(jvm -> jvm.withEnvironment(Map.of("JAVA_TOOL_OPTIONS", "-XX:+NoSuchOption")));
    try (ProcessExecutor pool = ProcessPool.of(1, options)) {
      assertThat(pool.submit(() -> 1).exception()).isInstanceOf(BrokenExecutorException.class)
          .hasMessageContaining("mend the option 'NoSuchOption' in the variable JAVA_TOOL_OPTIONS");
    }
  }

  @Test
  void workers_lostTogetherAtTheirStart_doNotBreakThePool() {
    Tally starts = LATCHES.newTally();
    ProcessOptions options = ProcessOptions.defaults().withInitializer(
        () -> {
          if (starts.hit() <= 3) {
            awaitUnchecked(starts, 3); // all three are on their way
            Runtime.getRuntime().halt(9);
          }
        });
    try (ProcessExecutor pool = ProcessPool.of(3, options)) {
      List<Future<Integer>> futures = List.of(pool.submit(() -> 1), pool.submit(() -> 2), pool.submit(() -> 3));
      assertThat(futures.stream().map(Future::result)).containsExactly(1, 2, 3);
    }
  }

  private static void awaitUnchecked(Tally tally, int atLeast) {
    try {
      tally.await(atLeast);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void workers_lostAtTheirStartBetweenTasks_doNotBreakThePool() {
    Tally starts = LATCHES.newTally();
    ProcessOptions options = ProcessOptions.defaults().withInitializer(
        () -> {
          if (starts.hit() > 1) {
            Runtime.getRuntime().halt(9);
          }
        });
    try (ProcessExecutor pool = ProcessPool.of(2, options)) {
      assertThat(pool.submit(() -> 0).result()).isZero();
      for (int i = 1; i <= 4; i++) {
        int at = i + 1;
        Future<Integer> slow = pool.submit(() -> { starts.await(at); return at; });
        Future<Integer> next = pool.submit(() -> 1); // lets a second worker be started, which is lost
        assertThat(slow.result()).isEqualTo(at);
        assertThat(next.result()).isEqualTo(1);
      }
    }
  }

  @Test
  void collector_chosenByAnOption_isUsed() {
    ProcessOptions byOption = ProcessOptions.defaults().withJvm(jvm -> jvm.withOptions("-XX:+UseParallelGC"));
    ProcessOptions byVariable = ProcessOptions.defaults()
        .withJvm(jvm -> jvm.withEnvironment(Map.of("JAVA_TOOL_OPTIONS", "-XX:+UseParallelGC")));
    for (ProcessOptions options : List.of(byOption, byVariable)) {
      try (ProcessExecutor pool = ProcessPool.of(1, options)) {
        assertThat(
            pool.submit(
                () -> java.lang.management.ManagementFactory.getGarbageCollectorMXBeans().getFirst().getName())
                .result())
            .startsWith("PS ");
      }
    }
  }

  @Test
  void spares_withoutTasks_endOnce() {
    ProcessOptions options = ProcessOptions.defaults().withSpares(1).withIdleTimeout(Duration.ofMillis(300));
    try (ProcessExecutor pool = ProcessPool.of(1, options)) {
      Eventually.holds(() -> pool.workers().isEmpty());
      assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
      assertThat(pool.workers()).allMatch(each -> each.number() <= 3);
    }
  }

  @Test
  void startTimeout_over_breaksThePool() {
    ProcessOptions options = ProcessOptions.defaults()
        .withStartTimeout(Duration.ofMillis(700))
        .withInitializer(StartTest::hang);
    try (ProcessExecutor pool = ProcessPool.of(1, options)) {
      assertThat(pool.submit(() -> 1).exception()).isInstanceOf(BrokenExecutorException.class);
    }
  }

  private static void hang() {
    while (true) {
      java.util.concurrent.locks.LockSupport.park();
    }
  }

  @Test
  void maxTasksPerWorker_reached_replacesTheWorker() {
    try (ProcessExecutor pool = ProcessPool.of(1, ProcessOptions.defaults().withMaxTasksPerWorker(3))) {
      List<Future<Long>> pids = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        pids.add(pool.submit(() -> ProcessHandle.current().pid()));
      }
      List<Long> seen = pids.stream().map(Future::result).toList();
      Set<Long> distinct = new HashSet<>(seen);
      assertThat(distinct).hasSize(3);
      for (int i = 0; i < 9; i++) {
        assertThat(seen.get(i)).isEqualTo(seen.get(i / 3 * 3));
      }
    }
  }

  @Test
  void environmentDirectoryAndOptions_reachTheWorker(@TempDir Path folder) throws Exception {
    ProcessOptions options = ProcessOptions.defaults()
        .withJvm(
            jvm -> jvm.withOptions("-Dcolour=green").withDirectory(folder).withEnvironment(Map.of("HEDDLE_TEST", "set")));
    try (ProcessExecutor pool = ProcessPool.of(1, options)) {
      assertThat(pool.submit(() -> System.getProperty("colour") + System.getenv("HEDDLE_TEST")).result())
          .isEqualTo("greenset");
      assertThat(pool.submit(() -> Path.of("").toRealPath().toString()).result()).isEqualTo(folder.toRealPath().toString());
    }
  }

  @Test
  void spare_takesThePlaceOfAWorkerThatEnds() {
    try (ProcessExecutor pool = ProcessPool.of(1, ProcessOptions.defaults().withSpares(1))) {
      long first = pool.submit(() -> ProcessHandle.current().pid()).result();
      Eventually.holds(() -> pool.workers().stream().anyMatch(each -> each.state() == WorkerStats.State.SPARE));
      long spare = pool.workers().stream().filter(each -> each.state() == WorkerStats.State.SPARE).findFirst().orElseThrow()
          .pid();
      pool.submit(() -> Runtime.getRuntime().halt(1)).exception();
      assertThat(pool.submit(() -> ProcessHandle.current().pid()).result()).isEqualTo(spare).isNotEqualTo(first);
    }
  }

  @Test
  void idleWorker_endsAfterItsTimeAndIsReplacedWhenNeeded() {
    try (ProcessExecutor pool = ProcessPool.of(1, ProcessOptions.defaults().withIdleTimeout(Duration.ofMillis(300)))) {
      long first = pool.submit(() -> ProcessHandle.current().pid()).result();
      Eventually.holds(() -> pool.workers().isEmpty());
      assertThat(pool.submit(() -> ProcessHandle.current().pid()).result()).isNotEqualTo(first);
      assertThat(pool.crashes()).isZero();
    }
  }

  @Test
  void rss_afterTheWorkerHasIdled_isWatched() throws Exception {
    ProcessOptions options = ProcessOptions.defaults()
        .withMaxRss(250L << 20)
        .withIdleTimeout(Duration.ofMinutes(1))
        .withOutput(OutputListener.dropping());
    try (ProcessExecutor pool = ProcessPool.of(1, options)) {
      pool.submit(() -> 1).result();
      Thread.sleep(600); // not for synchronisation: the time to idle
      Future<Integer> greedy = pool.submit(
          () -> {
            byte[] eaten = new byte[600 << 20];
            java.util.Arrays.fill(eaten, (byte) 1);
            Thread.sleep(20_000); // keeps the memory until the worker is killed for it
            return eaten.length;
          });
      assertThat(greedy.exception()).isInstanceOf(WorkerCrashedException.class).hasMessageContaining("maxRss");
    }
  }

  @Test
  void rss_overTheLimit_costsTheTask() {
    ProcessOptions options = ProcessOptions.defaults().withMaxRss(400L << 20).withOutput(OutputListener.dropping());
    try (ProcessExecutor pool = ProcessPool.of(1, options)) {
      Future<Integer> greedy = pool.submit(
          () -> {
            List<byte[]> eaten = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
              eaten.add(new byte[1 << 20]);
              eaten.getLast()[i] = 1;
              Thread.sleep(2); // grows slowly, so that the limit is passed between two looks
            }
            return eaten.size();
          });
      assertThat(greedy.exception()).isInstanceOf(WorkerCrashedException.class).hasMessageContaining("maxRss");
      assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
    }
  }
}
