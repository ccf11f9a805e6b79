package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.dispatch.Dispatcher;
import dev.heddle.futures.Future;
import dev.heddle.futures.Retry;
import dev.heddle.futures.TaskOptions;
import dev.heddle.process.pool.PoolAssembly;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.CrossProcessLatches;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.FakeWork;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** That a task is either taken back or runs, never both and never neither, and that others are left alone. */
@Bounded(seconds = 120)
class WithdrawTest {
  private static final CrossProcessLatches LATCHES = CrossProcessLatches.open();

  @AfterAll
  static void close() {
    LATCHES.close();
  }

  private static void warmUp(ProcessExecutor pool) { // so that it is known that tasks are short here: some are sent ahead
    for (int i = 0; i < 300; i++) {
      pool.submit(() -> 1).result();
    }
  }

  @Test
  void shutdownNow_withTasksSentAhead_ends() throws Exception {
    for (int round = 0; round < 3; round++) {
      ProcessExecutor pool = ProcessPool.of(1);
      warmUp(pool);
      List<Future<Integer>> many = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        int n = i;
        many.add(pool.submit(() -> n));
      }
      pool.shutdownNow();
      assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
      assertThat(many).allMatch(Future::isDone);
    }
  }

  @Test
  void withdraw_whileTheTaskBegins_isRefusedAndTheTaskCanBeStopped() throws Exception {
    Dispatcher engine = PoolAssembly.assemble(1, ProcessOptions.defaults()).dispatcher();
    try (Gate never = LATCHES.newGate()) {
      CompletableFuture<Boolean> withdrawn = new CompletableFuture<>();
      CompletableFuture<FakeWork> itself = new CompletableFuture<>();
      FakeWork work = new FakeWork(
          () -> {
            never.await();
            return 1;
          },
          () -> {
            Thread.ofPlatform().start(() -> withdrawn.complete(engine.withdraw(itself.join())));
            withdrawn.join(); // the other thread is done while this one is in the middle of beginning
          });
      itself.complete(work);
      engine.start(work);
      assertThat(withdrawn.get(30, TimeUnit.SECONDS)).isFalse();
      Eventually.holds(() -> engine.running().contains(work));
      engine.stop(work);
      FakeWork next = new FakeWork(() -> 2, () -> {});
      engine.start(next);
      assertThat(next.outcome.get(30, TimeUnit.SECONDS)).isEqualTo(2);
    }
    engine.shutdown();
    assertThat(engine.awaitTermination(Duration.ofSeconds(30))).isTrue();
  }

  @Test
  void cancel_ofATaskWhoseResultIsOnItsWay_sparesTheNext() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    OutputListener slow = output -> {
      try {
        cancelled.await(10, TimeUnit.SECONDS); // meanwhile what the worker sends is not read
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
    try (ProcessExecutor pool = ProcessPool.of(1, ProcessOptions.defaults().withOutput(slow));
        Gate release = LATCHES.newGate()) {
      warmUp(pool);
      Gate begun = LATCHES.newGate();
      Future<Integer> first = pool.submit(
          () -> {
            System.out.println("hello");
            return 1;
          });
      Future<Integer> innocent = pool.submit(
          () -> {
            begun.open();
            release.await();
            return 2;
          });
      begun.await();
      first.cancel(true);
      cancelled.countDown();
      release.open();
      assertThat(innocent.result()).isEqualTo(2);
    }
  }

  @Test
  void crash_afterACancelAndAShutdownThatDrains_isRetried() throws Exception {
    try (ProcessExecutor pool = ProcessPool.of(1)) {
      Tally attempts = LATCHES.newTally();
      Gate crash = LATCHES.newGate();
      Future<Integer> retried = pool.submit(
          TaskOptions.defaults().withRetry(Retry.times(2).withDelay(Duration.ZERO)),
          () -> {
            int number = attempts.hit();
            if (number == 1) {
              crash.await();
              Runtime.getRuntime().halt(1);
            }
            return number;
          });
      attempts.await(1);
      Future<Integer> cancelled = pool.submit(() -> 1);
      cancelled.cancel(false);
      pool.shutdown(false, true);
      crash.open();
      assertThat(retried.result()).isEqualTo(2);
    }
  }

  @Test
  void result_largerThanTheHeapHere_failsThatTaskOnly() throws Exception {
    Process small = Processes.program(List.of("-Xmx64m"), Small.class).redirectErrorStream(true).start();
    String told;
    try (var lines = small.inputReader()) {
      told = String.join("\n", lines.readAllLines());
    } finally {
      small.destroyForcibly();
    }
    assertThat(told).contains("large: WorkerCrashedException").contains("next: 1");
  }

  /** A program with a small heap. */
  static final class Small {
    public static void main(String[] args) throws Exception {
      ProcessOptions options = ProcessOptions.defaults().withJvm(jvm -> jvm.withHeap(600L << 20));
      ProcessExecutor pool = ProcessPool.of(1, options);
      try {
        pool.submit(() -> "x".repeat(100_000_000)).get(45, TimeUnit.SECONDS);
      } catch (Exception e) {
        System.out.println("large: " + (e.getCause() == null ? e : e.getCause().getClass().getSimpleName()));
      }
      System.out.println("next: " + pool.submit(() -> 1).get(45, TimeUnit.SECONDS));
      Runtime.getRuntime().halt(0);
    }
  }
}
