package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.BrokenExecutorException;
import dev.heddle.futures.Future;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Rendezvous;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** That a task is either taken back or runs, never both and never neither, and that others are left alone. */
@Bounded(seconds = 120)
class WithdrawTest {
  private static final Rendezvous RENDEZVOUS = Rendezvous.open();

  @AfterAll
  static void close() {
    RENDEZVOUS.close();
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
    ProcessEngine engine = ProcessParts.assemble(1, ProcessOptions.defaults()).engine();
    try (Gate never = RENDEZVOUS.newGate()) {
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
        cancelled.await(10, TimeUnit.SECONDS); // meanwhile nobody reads what the worker sends
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
    try (ProcessExecutor pool = ProcessPool.of(1, ProcessOptions.defaults().withOutput(slow));
        Gate release = RENDEZVOUS.newGate()) {
      warmUp(pool);
      Gate begun = RENDEZVOUS.newGate();
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
  void breakWith_inABrokenPool_failsWhatHasComeBack() throws Exception {
    ProcessParts parts = ProcessParts.assemble(1, ProcessOptions.defaults());
    ProcessEngine engine = parts.engine();
    FakeWork back = new FakeWork(() -> 1, () -> {});
    engine.start(back); // its worker is not ready, so it queues
    engine.lock();
    try {
      Job job = Objects.requireNonNull(engine.crew().backlog().poll());
      engine.breakWith(new BrokenExecutorException("first", new IllegalStateException("on purpose")));
      engine.crew().backlog().addFirst(job);
      engine.crew().serve();
    } finally {
      engine.unlock();
    }
    engine.afterwards().run();
    Assertions.assertThatThrownBy(() -> back.outcome.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(BrokenExecutorException.class);
    engine.shutdown();
    assertThat(engine.awaitTermination(Duration.ofSeconds(30))).isTrue();
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
