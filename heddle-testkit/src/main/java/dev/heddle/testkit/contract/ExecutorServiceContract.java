package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.TaskRunnable;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Tally;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of an executor as an {@link ExecutorService}. */
public interface ExecutorServiceContract extends ExecutorContract {

  @Test
  default void asExecutorService_submits() throws Exception {
    try (Executor pool = newExecutor(1)) {
      ExecutorService service = pool;
      TaskCallable<String> task = () -> "called";
      assertThat(service.submit((Callable<String>) task).get()).isEqualTo("called");
      Tally ran = newTally();
      TaskRunnable hit = ran::hit;
      assertThat(service.submit((Runnable) hit).get()).isNull();
      assertThat(service.submit((Runnable) hit, "given").get()).isEqualTo("given");
      assertThat(ran.count()).isEqualTo(2);
    }
  }

  @Test
  default void asFuture_answersTheNewerQuestions() throws Exception {
    try (Executor pool = newExecutor(3); Gate never = newGate()) {
      Future<String> running = submitBlocked(pool, never);
      assertThat(running.state()).isEqualTo(Future.State.RUNNING);
      assertThatThrownBy(running::resultNow).isInstanceOf(IllegalStateException.class);
      running.cancel(true);
      assertThat(running.state()).isEqualTo(Future.State.CANCELLED);
      Future<Integer> good = pool.submit(() -> 1);
      good.get();
      assertThat(good.state()).isEqualTo(Future.State.SUCCESS);
      assertThat(good.resultNow()).isEqualTo(1);
      Future<Integer> bad = pool.submit(() -> { throw new IOException("bad"); });
      assertThatThrownBy(bad::get).isInstanceOf(ExecutionException.class);
      assertThat(bad.state()).isEqualTo(Future.State.FAILED);
      assertThat(bad.exceptionNow()).isInstanceOf(IOException.class);
    }
  }

  @Test
  default void invokeAll_givesDoneFuturesInTheOrderOfTheTasks() throws Exception {
    try (Executor pool = newExecutor(2)) {
      List<Future<Integer>> futures = pool
          .invokeAll(IntStream.range(0, 20).mapToObj(n -> (TaskCallable<Integer>) () -> evenOrThrow(n)).toList());
      assertThat(futures).hasSize(20).allMatch(Future::isDone);
      for (int i = 0; i < 20; i++) {
        assertThat(futures.get(i).state()).isEqualTo(i % 2 == 0 ? Future.State.SUCCESS : Future.State.FAILED);
      }
      assertThat(futures.get(4).resultNow()).isEqualTo(4);
      assertThat(pool.invokeAll(List.<Callable<Integer>>of())).isEmpty();
    }
  }

  @Test
  default void invokeAll_timeoutOver_cancelsTheRest() throws Exception {
    try (Executor pool = newExecutor(2); Gate never = newGate()) {
      TaskCallable<String> quick = () -> "quick";
      TaskCallable<String> slow = () -> waitAt(never);
      pool.submit(quick).result(); // a worker is there, so that the time goes by for the slow one only, and need not be long
      List<Future<String>> futures = pool.invokeAll(List.of(quick, slow), 2, TimeUnit.SECONDS);
      assertThat(futures.get(0).resultNow()).isEqualTo("quick");
      assertThat(futures.get(1).isCancelled()).isTrue();
    }
  }

  @Test
  default void invokeAll_timeoutNotReached_givesAll() throws Exception {
    try (Executor pool = newExecutor(2)) {
      TaskCallable<String> quick = () -> "quick";
      assertThat(pool.invokeAll(List.of(quick, quick), Long.MAX_VALUE, TimeUnit.NANOSECONDS))
          .allMatch(each -> each.resultNow().equals("quick"));
      assertThat(pool.invokeAll(List.of(quick, quick), 1, TimeUnit.DAYS))
          .allMatch(each -> each.state() == Future.State.SUCCESS);
    }
  }

  @Test
  default void invokeAll_interrupted_cancelsAll() throws Exception {
    try (Executor pool = newExecutor(1); Gate never = newGate()) {
      TaskCallable<String> slow = () -> waitAt(never);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> pool.invokeAll(List.of(slow, slow))).isInstanceOf(InterruptedException.class);
      pool.shutdown(true, false);
      assertThat(pool.stats().cancelled()).isEqualTo(2);
    }
  }

  @Test
  default void invokeAny_givesTheFirstSuccessAndCancelsTheRest() throws Exception {
    try (Executor pool = newExecutor(3); Gate never = newGate()) {
      TaskCallable<String> good = () -> "good";
      TaskCallable<String> bad = () -> { throw new IOException("bad"); };
      TaskCallable<String> slow = () -> waitAt(never);
      assertThat(pool.invokeAny(List.of(bad, slow, good))).isEqualTo("good");
      assertThat(pool.invokeAny(List.of(slow, good), 1, TimeUnit.DAYS)).isEqualTo("good");
      pool.shutdown(true, false);
      assertThat(pool.stats().cancelled()).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  default void invokeAny_noneSucceeds_throwsWhatOneThrew() {
    try (Executor pool = newExecutor(2)) {
      TaskCallable<String> bad = () -> { throw new IOException("bad"); };
      assertThatThrownBy(() -> pool.invokeAny(List.of(bad, bad)))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  default void invokeAny_timeoutOver_saysSoAndCancelsAll() {
    try (Executor pool = newExecutor(2); Gate never = newGate()) {
      TaskCallable<String> slow = () -> waitAt(never);
      assertThatThrownBy(() -> pool.invokeAny(List.of(slow, slow), 20, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class)
          .hasMessageContaining("2 tasks");
      pool.shutdown(true, false);
      assertThat(pool.stats().cancelled()).isEqualTo(2);
    }
  }

  private static int evenOrThrow(int n) throws IOException {
    if (n % 2 == 1) {
      throw new IOException("odd");
    }
    return n;
  }

  private static String waitAt(Gate gate) throws InterruptedException {
    gate.await();
    return "released";
  }
}
