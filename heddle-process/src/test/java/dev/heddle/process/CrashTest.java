package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.dispatch.Dispatcher;
import dev.heddle.dispatch.WorkerInfo;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.Retry;
import dev.heddle.futures.TaskOptions;
import dev.heddle.process.pool.PoolAssembly;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.CrossProcessLatches;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** That whatever a task does to its process costs that task alone, and is told exactly. */
@Bounded(seconds = 120)
class CrashTest {
  private static final int CRASHES = 40; // each costs a new worker
  private static final CrossProcessLatches LATCHES = CrossProcessLatches.open();

  @AfterAll
  static void close() {
    LATCHES.close();
  }

  private static ProcessOptions small() {
    return ProcessOptions.defaults().withJvm(jvm -> jvm.withHeap(64L << 20)).withOutput(OutputListener.dropping());
  }

  @Test
  void mishap_atEveryStageInTheWorker_costsOneTask() {
    try (ProcessExecutor pool = ProcessPool.of(2, small())) {
      for (Trap.Stage stage : List.of(Trap.Stage.TASK_DECODE, Trap.Stage.RUN, Trap.Stage.RESULT_ENCODE)) {
        for (Mishap mishap : Mishap.values()) {
          Future<Object> struck = pool.submit(TaskOptions.named("struck"), new Trap(stage, mishap));
          Future<String> spared = pool.submit(() -> "spared");
          Throwable cause = struck.exception();
          assertThat(spared.result()).as("%s at %s", mishap, stage).isEqualTo("spared");
          if (mishap.isHarmless()) {
            assertThat(cause).as("%s at %s", mishap, stage).isNotNull().isNotInstanceOf(WorkerCrashedException.class);
          } else {
            assertThat(cause).as("%s at %s", mishap, stage).isInstanceOf(WorkerCrashedException.class);
            told(crashOf(struck), mishap);
          }
        }
      }
    }
  }

  private static WorkerCrashedException crashOf(Future<?> struck) {
    Throwable cause = struck.exception();
    if (cause instanceof WorkerCrashedException crash) {
      return crash;
    }
    throw new AssertionError("no crash, but " + cause);
  }

  private static void told(WorkerCrashedException crash, Mishap mishap) {
    assertThat(crash.task()).isEqualTo("struck");
    assertThat(crash.pid()).isPositive();
    assertThat(crash).hasMessageContaining("struck").hasMessageContaining(String.valueOf(crash.pid()));
    switch (mishap) {
      case EXIT -> {
        assertThat(crash.reason()).contains("System.exit(7)");
        assertThat(crash.exitCode()).isEqualTo(7);
      }
      case HALT -> assertThat(crash.exitCode()).isEqualTo(8);
      case SEGFAULT -> {
        assertThat(crash.errorReport()).as("the JVM's report").isPresent();
        assertThat(crash.reason()).contains("fatal error");
        crash.errorReport().ifPresent(report -> {
          assertThat(report).as("which names the signal, while the JVM itself exits").content().contains("SIGSEGV");
          assertThat(isPrivate(report)).as("only this user may read it").isTrue();
          report.toFile().delete();
        });
      }
      case OUT_OF_MEMORY, HUGE_ARRAY -> assertThat(crash.reason()).contains("out of memory").contains("withHeap");
      case ERROR, DEEP_RECURSION -> throw new AssertionError("no crash");
    }
  }

  @Test
  void mishap_whileEncodedOrDecodedHere_failsTheTask() {
    try (ProcessExecutor pool = ProcessPool.of(1, small())) {
      for (Trap.Stage stage : List.of(Trap.Stage.TASK_ENCODE, Trap.Stage.RESULT_DECODE)) {
        for (Mishap mishap : List.of(Mishap.ERROR, Mishap.DEEP_RECURSION, Mishap.HUGE_ARRAY)) {
          assertThat(pool.submit(new Trap(stage, mishap)).exception()).as("%s at %s", mishap, stage).isNotNull();
          assertThat(pool.submit(() -> "next").result()).isEqualTo("next");
        }
      }
      assertThat(pool.crashes()).isZero();
    }
  }

  @Test
  void crash_ofAWorkerWithTasksWaiting_movesThemElsewhere() throws Exception {
    PoolAssembly parts = PoolAssembly.assemble(1, small());
    try (Executor pool = Executor.on(parts.dispatcher(), PoolOptions.named("ahead"));
        Gate release = LATCHES.newGate()) {
      for (int i = 0; i < 300; i++) { // so that it is known that tasks are short here, and some are sent ahead
        pool.submit(() -> 1).result();
      }
      Future<?> struck = pool.submit(
          () -> {
            release.await();
            Runtime.getRuntime().halt(9);
            return null;
          });
      Tally ran = LATCHES.newTally();
      List<Future<Integer>> behind = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        behind.add(pool.submit(ran::hit));
      }
      assertThat(mostInAWorker(parts.dispatcher())).as("some were sent ahead").isGreaterThan(1);
      release.open();
      assertThat(struck.exception()).isInstanceOf(WorkerCrashedException.class);
      assertThat(behind).allSatisfy(each -> assertThat(each.exception()).isNull());
      assertThat(ran.count()).isEqualTo(20);
      assertThat(parts.restarts().crashed()).isEqualTo(1);
    }
  }

  private static int mostInAWorker(Dispatcher dispatcher) {
    return dispatcher.snapshot().stream().mapToInt(WorkerInfo::assigned).max().orElse(0);
  }

  @Test
  void crash_afterPrinting_showsTheLastLinesOnStandardError() {
    try (ProcessExecutor pool = ProcessPool.of(1, small())) {
      WorkerCrashedException crash = crashOf(
          pool.submit(
              () -> {
                for (int i = 0; i < 100; i++) {
                  System.err.println("step " + i + " of the task");
                }
                System.out.println("on standard output");
                Runtime.getRuntime().halt(9);
              }));
      assertThat(crash.outputTail()).contains("step 61 of", "step 99 of").doesNotContain("step 5 of", "standard output");
      assertThat(crash).hasMessageContaining("step 99 of the task");
      assertThat(crashOf(pool.submit(() -> Runtime.getRuntime().halt(8))).outputTail()).as("of another").isEmpty();
    }
  }

  @Test
  void crash_afterALineWithoutEnd_showsOnlySoMuch() {
    try (ProcessExecutor pool = ProcessPool.of(1, small())) {
      WorkerCrashedException crash = crashOf(
          pool.submit(
              () -> {
                System.err.println("x".repeat(100_000) + "last");
                System.exit(9);
              }));
      assertThat(crash.outputTail()).hasSizeLessThanOrEqualTo(8_192).endsWith("xlast\n");
    }
  }

  @Test
  void crashes_ofSeveral_haveExceptionsOfTheirOwn() {
    try (ProcessExecutor pool = ProcessPool.of(2, small())) {
      Future<?> one = pool.submit(() -> Runtime.getRuntime().halt(1));
      Future<?> other = pool.submit(() -> Runtime.getRuntime().halt(2));
      assertThat(one.exception()).isInstanceOf(WorkerCrashedException.class).isNotSameAs(other.exception());
      assertThat(crashOf(other).exitCode()).isEqualTo(2);
    }
  }

  @Test
  void crash_withRetries_isTriedAgain() {
    try (ProcessExecutor pool = ProcessPool.of(1, small())) {
      Tally attempts = LATCHES.newTally();
      Future<Integer> future = pool.submit(
          TaskOptions.defaults().withRetry(Retry.times(3).withDelay(Duration.ZERO)),
          () -> {
            int number = attempts.hit();
            if (number < 3) {
              Runtime.getRuntime().halt(number);
            }
            return number;
          });
      assertThat(future.result()).isEqualTo(3);
      assertThat(pool.stats().retried()).isEqualTo(2);
    }
  }

  @Test
  @Bounded(seconds = 600)
  void manyCrashesThenManyGood_theGoodSucceed() {
    try (ProcessExecutor pool = ProcessPool.of(2, small())) {
      List<Future<?>> bad = new ArrayList<>();
      List<Future<Integer>> good = new ArrayList<>();
      for (int i = 0; i < CRASHES; i++) {
        bad.add(pool.submit(() -> Runtime.getRuntime().halt(1)));
      }
      for (int i = 0; i < CRASHES; i++) {
        int n = i;
        good.add(pool.submit(() -> n));
      }
      assertThat(bad).allSatisfy(each -> assertThat(each.exception()).isInstanceOf(WorkerCrashedException.class));
      for (int i = 0; i < CRASHES; i++) {
        assertThat(good.get(i).result()).isEqualTo(i);
      }
    }
  }

  @Test
  void killedFromOutside_isAPromptFailure() throws Exception {
    try (ProcessExecutor pool = ProcessPool.of(1, small()); Gate never = LATCHES.newGate()) {
      Gate begun = LATCHES.newGate();
      Future<?> struck = pool.submit(
          () -> {
            begun.open();
            never.await();
            return null;
          });
      begun.await();
      long pid = pool.workers().getFirst().pid();
      new ProcessBuilder("kill", "-9", String.valueOf(pid)).start().waitFor();
      WorkerCrashedException crash = crashOf(struck);
      assertThat(crash.signal()).isEqualTo(9);
      assertThat(crash.reason()).contains("SIGKILL");
      assertThat(pool.submit(() -> ProcessHandle.current().pid()).result()).isNotEqualTo(pid);
    }
  }

  @Test
  void idleWorker_killed_costsNoTask() throws Exception {
    try (ProcessExecutor pool = ProcessPool.of(1, small())) {
      for (int i = 0; i < 3; i++) {
        long pid = pool.submit(() -> ProcessHandle.current().pid()).result();
        assertThat(new ProcessBuilder("kill", "-9", String.valueOf(pid)).start().waitFor()).isZero();
        assertThat(pool.submit(() -> ProcessHandle.current().pid()).result()).isNotEqualTo(pid);
      }
      assertThat(pool.crashes()).isEqualTo(3);
    }
  }

  @Test
  void crash_afterShutdownBegan_letsTheOthersFinish() throws Exception {
    ProcessExecutor pool = ProcessPool.of(1, small());
    try (Gate crash = LATCHES.newGate()) {
      Gate begun = LATCHES.newGate();
      Future<?> struck = pool.submit(
          () -> {
            begun.open();
            crash.await();
            Runtime.getRuntime().halt(9);
            return null;
          });
      begun.await();
      List<Future<Integer>> queued = List.of(pool.submit(() -> 1), pool.submit(() -> 2));
      pool.shutdown(false, false);
      crash.open();
      assertThat(struck.exception()).isInstanceOf(WorkerCrashedException.class);
      assertThat(queued.stream().map(Future::result)).containsExactly(1, 2);
      assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void exception_inTheWorker_keepsItsTypeAndShowsTheRemoteStack() {
    try (ProcessExecutor pool = ProcessPool.of(1, small())) {
      Throwable cause = pool.submit(() -> { throw new IOException("disk on fire"); }).exception();
      assertThat(cause).isInstanceOf(IOException.class).hasMessage("disk on fire");
      assertThat(cause).rootCause().isInstanceOf(RemoteStackTrace.class).asString().contains("CrashTest");
    }
  }

  private static boolean isPrivate(Path file) {
    try {
      return !file.getFileSystem().supportedFileAttributeViews().contains("posix")
          || PosixFilePermissions.toString(Files.getPosixFilePermissions(file)).equals("rw-------");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
