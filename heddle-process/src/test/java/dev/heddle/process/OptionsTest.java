package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.heddle.futures.BrokenExecutorException;
import dev.heddle.futures.Retry;
import dev.heddle.futures.TaskTimeoutException;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.CrossProcessLatches;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.Tally;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.example.library.Parts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** That options are checked where they are given, and do what they say. */
@Bounded(seconds = 120)
class OptionsTest {
  private static final ProcessOptions OPTIONS = ProcessOptions.defaults();
  private static final WorkerJvm JVM = WorkerJvm.defaults();
  private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

  /** As callers without null checks pass it. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // that is its purpose
  private static <T> T missing() {
    return null;
  }

  private static Arguments bad(String what, ThrowingCallable made) {
    return arguments(what, made);
  }

  static Stream<Arguments> badValues() {
    return Stream.of(
        bad("spares must not be negative, but was -1", () -> OPTIONS.withSpares(-1)),
        bad("maxTasksPerWorker must not be negative, but was -1", () -> OPTIONS.withMaxTasksPerWorker(-1)),
        bad("idleTimeout must be longer than zero", () -> OPTIONS.withIdleTimeout(Duration.ZERO)),
        bad("idleTimeout must be longer than zero", () -> OPTIONS.withIdleTimeout(Duration.ofNanos(-1))),
        bad("idleTimeout must not be null", () -> OPTIONS.withIdleTimeout(missing())),
        bad("startTimeout must be longer than zero", () -> OPTIONS.withStartTimeout(Duration.ZERO)),
        bad("timeout must be longer than zero", () -> OPTIONS.withTimeout(Duration.ZERO)),
        bad("startLimit must not be null", () -> OPTIONS.withStartLimit(missing())),
        bad("failures must be at least 1, but was 0", () -> StartLimit.ofFailures(0)),
        bad("duration must be longer than zero", () -> StartLimit.ofDuration(Duration.ZERO)),
        bad("maxRss must not be negative, but was -1", () -> OPTIONS.withMaxRss(-1)),
        bad("maxMessage must be from 1 to 2147483639, but was 0", () -> OPTIONS.withMaxMessage(0)),
        bad("maxMessage must be from 1 to 2147483639, but was 2147483640", () -> OPTIONS.withMaxMessage(2147483640L)),
        bad("pool must not be null", () -> OPTIONS.withPool(missing())),
        bad("change must not be null", () -> OPTIONS.withJvm(missing())),
        bad("jvm must not be null", () -> OPTIONS.withJvm(jvm -> missing())),
        bad("allowedResults must not be null", () -> OPTIONS.withAllowedResults(missing())),
        bad("output must not be null", () -> OPTIONS.withOutput(missing())),
        bad("timeline must not be null", () -> OPTIONS.withTimeline(missing())),
        bad("heap must not be negative, but was -1", () -> JVM.withHeap(-1)),
        bad("direct must not be negative, but was -1", () -> JVM.withDirect(-1)),
        bad("metaspace must not be negative, but was -1", () -> JVM.withMetaspace(-1)),
        bad("options must not be null", () -> JVM.withOptions((String[]) missing())),
        bad("options[1] must not be null", () -> JVM.withOptions("-Da=b", missing())),
        bad("options must not be null", () -> new WorkerJvm(missing(), 0, 0, 0, null, Map.of(), null, Set.of(), null)),
        bad("directory must not be null", () -> JVM.withDirectory(missing())),
        bad("folder must not be null", () -> JVM.withCache(missing())),
        bad("environment must not be null", () -> JVM.withEnvironment(missing())),
        bad("environment[A] must not be null", () -> JVM.withEnvironment(Collections.singletonMap("A", missing()))),
        bad("a key of environment must not be null", () -> JVM.withEnvironment(Collections.singletonMap(missing(), ""))),
        bad("environment must hold names", () -> JVM.withEnvironment(Map.of("A=B", "c"))),
        bad("environment must hold names", () -> JVM.withEnvironment(Map.of("", "c"))));
  }

  @ParameterizedTest
  @MethodSource("badValues")
  void value_bad_isRefusedByItsName(String what, ThrowingCallable made) {
    assertThatThrownBy(made)
        .isInstanceOfAny(IllegalArgumentException.class, NullPointerException.class)
        .hasMessageContaining(what);
  }

  @Test
  void durations_longerThanNanosecondsCanCount_work() {
    ProcessOptions options = OPTIONS.withIdleTimeout(FOREVER).withStartTimeout(FOREVER).withTimeout(FOREVER);
    assertThat(options.idleTimeout()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
    try (ProcessExecutor pool = ProcessPool.of(1, options)) {
      assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
      assertThat(pool.map(n -> n + 1, List.of(1, 2)).toList()).containsExactly(2, 3);
    }
  }

  @Test
  void directory_missing_isNamed(@TempDir Path folder) {
    Path missing = folder.resolve("not-there");
    try (ProcessExecutor pool = ProcessPool.of(1, OPTIONS.withJvm(jvm -> jvm.withDirectory(missing)))) {
      assertThat(pool.submit(() -> 1).exception())
          .isInstanceOf(BrokenExecutorException.class)
          .hasMessageContaining(missing.toString());
    }
  }

  @Test
  void limitsOfMemory_reachTheWorker() {
    ProcessOptions limited = OPTIONS.withJvm(jvm -> jvm.withHeap(96L << 20).withDirect(16L << 20).withMetaspace(48L << 20));
    try (ProcessExecutor pool = ProcessPool.of(1, limited)) {
      assertThat(pool.submit(() -> Runtime.getRuntime().maxMemory()).result()).isBetween(80L << 20, 96L << 20);
      assertThat(pool.submit(() -> ByteBuffer.allocateDirect(1 << 20).capacity()).result()).isEqualTo(1 << 20);
      assertThat(pool.submit(() -> ByteBuffer.allocateDirect(17 << 20).capacity()).exception())
          .isInstanceOf(OutOfMemoryError.class)
          .hasMessageContaining("direct");
      assertThat(pool.submit(OptionsTest::mostMetaspace).result()).isEqualTo(48L << 20);
    }
    try (ProcessExecutor pool = ProcessPool.of(1)) {
      assertThat(pool.submit(() -> ByteBuffer.allocateDirect(17 << 20).capacity()).result()).isEqualTo(17 << 20);
      assertThat(pool.submit(OptionsTest::mostMetaspace).result()).isEqualTo(-1);
    }
  }

  private static long mostMetaspace() {
    for (MemoryPoolMXBean each : ManagementFactory.getMemoryPoolMXBeans()) {
      if (each.getName().equals("Metaspace")) {
        return each.getUsage().getMax();
      }
    }
    throw new AssertionError("no metaspace");
  }

  @Test
  void timeout_ofThePool_endsItsTasks() {
    try (ProcessExecutor pool = ProcessPool.of(1, OPTIONS.withTimeout(Duration.ofMillis(300)))) {
      assertThat(pool.submit(OptionsTest::spin).exception()).isInstanceOf(TaskTimeoutException.class);
      Eventually.holds(() -> pool.restarts().stopped() == 1);
    }
  }

  private static void spin() {
    while (!Thread.interrupted()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void retry_ofThePool_triesItsTasksAgain() {
    try (CrossProcessLatches latches = CrossProcessLatches.open();
        ProcessExecutor pool = ProcessPool.of(1, OPTIONS.withRetry(Retry.times(3).withDelay(Duration.ZERO)))) {
      Tally tries = latches.newTally();
      assertThat(
          pool.submit(
              () -> {
                int hit = tries.hit();
                if (hit < 3) {
                  throw new IllegalStateException("try " + hit);
                }
                return hit;
              })
              .result())
          .isEqualTo(3);
      assertThat(pool.stats().retried()).isEqualTo(2);
    }
  }

  @Test
  void allowedResults_areAccepted() {
    try (ProcessExecutor pool = ProcessPool.of(1)) {
      assertThat(pool.submit(() -> List.of(new Parts.Widget())).exception())
          .isInstanceOf(UndecodableResultException.class)
          .hasMessageContaining("withAllowedResults");
    }
    try (ProcessExecutor pool = ProcessPool.of(1, OPTIONS.withAllowedResults(Parts.Widget.class.getName()::equals))) {
      assertThat(pool.submit(() -> List.of(new Parts.Widget())).result()).containsExactly(new Parts.Widget());
    }
  }

  @Test
  void map_ofManyBriefInputs_makesChunks() {
    Integer[] inputs = new Integer[100_000];
    Arrays.setAll(inputs, i -> i);
    try (ProcessExecutor pool = ProcessPool.of(2)) {
      long sum = 0;
      for (long each : pool.map(n -> n + 1L, List.of(inputs))) {
        sum += each;
      }
      assertThat(sum).isEqualTo(100_000L * 100_001 / 2);
      assertThat(pool.stats().submitted()).isLessThan(30_000); // it is some hundred if the machine has nothing else to do
    }
  }
}
