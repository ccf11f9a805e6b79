package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.ContextCarrier;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Futures;
import dev.heddle.futures.MapOptions;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.Retry;
import dev.heddle.futures.TaskFunction;
import dev.heddle.futures.TaskOptions;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.Nulls;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The contract of argument checks: an error names the argument, its value, the rule and the remedy. */
public interface BadInputContract extends ExecutorContract {

  @Test
  default void newExecutor_workersBelowOne_areRefused() {
    for (int workers : new int[]{0, -1, Integer.MIN_VALUE}) {
      refused(() -> newExecutor(workers), "at least 1", "but was " + workers, ";");
    }
  }

  @Test
  default void mapOptions_badValues_areRefused() {
    MapOptions good = MapOptions.defaults();
    for (int bad : new int[]{0, -1}) {
      refused(() -> good.withAhead(bad), "ahead must be at least 1", "but was " + bad, ";");
      refused(() -> good.withChunkSize(bad), "chunkSize must be at least 1", "but was " + bad, ";");
    }
    refused(() -> new MapOptions(-1, 0, null), "ahead", "-1", "AUTO");
    refused(() -> new MapOptions(0, -7, null), "chunkSize", "-7", "AUTO");
    refused(() -> good.withAhead(2).withChunkSize(3), "chunkSize", "was 3", "ahead = 2");
    refused(() -> good.withTimeout(Duration.ZERO), "timeout", "longer than zero", "0 s", ";");
    refused(() -> good.withTimeout(Duration.ofSeconds(-1)), "timeout", "-1 s");
  }

  @Test
  default void taskOptions_badValues_areRefused() {
    TaskOptions good = TaskOptions.defaults();
    refused(() -> good.withName(" "), "name", "' '", "blank");
    refused(() -> good.withTimeout(Duration.ZERO), "timeout", "longer than zero", "0 s", ";");
    refused(() -> good.withTimeout(Duration.ofNanos(-1)), "timeout", "-1 ns");
    refused(() -> Retry.times(0), "attempts", "at least 1", "was 0", ";");
    refused(() -> Retry.times(2).withDelay(Duration.ofSeconds(-2)), "delay", "-2 s");
    refused(() -> Retry.times(2).withMaxDelay(Duration.ofSeconds(-2)), "maxDelay", "-2 s");
    refused(() -> Retry.times(2).withFactor(0.5), "factor", "at least 1", "0.5", ";");
    refused(() -> Retry.times(2).withFactor(Double.NaN), "factor", "NaN");
    refused(() -> Retry.times(2).withJitter(1.5), "jitter", "from 0 to 1", "1.5", ";");
    refused(() -> Retry.times(2).withJitter(Double.NaN), "jitter", "NaN");
    isNull(() -> good.withTimeout(Nulls.any()), "timeout");
    isNull(() -> good.withRetry(Nulls.any()), "retry");
    isNull(() -> good.withName(Nulls.any()), "name");
    isNull(() -> Retry.times(2).when(Nulls.<Predicate<Throwable>>any()), "when");
    isNull(() -> Retry.times(2).when(Nulls.<Class<IOException>>any()), "failures");
    isNull(() -> Retry.times(2).withPauseOf(Nulls.<Class<IOException>>any(), _ -> null), "failures");
    isNull(() -> MapOptions.defaults().withRetry(Nulls.any()), "retry");
    isNull(() -> PoolOptions.defaults().withRetry(Nulls.any()), "retry");
    isNull(() -> PoolOptions.defaults().withTimeout(Nulls.any()), "timeout");
  }

  @Test
  default void poolOptions_badValues_areRefused() {
    PoolOptions good = PoolOptions.defaults();
    refused(() -> good.withName(""), "name", "''", "blank");
    refused(() -> good.withMaxSpareThreads(-1), "maxSpareThreads", "-1", ";");
    isNull(() -> good.withTime(Nulls.any()), "time");
    isNull(() -> good.withListener(Nulls.any()), "listener");
    isNull(() -> good.withInitializer(Nulls.any()), "initializer");
    isNull(() -> good.withContext(Nulls.any()), "carrier");
    isNull(() -> newExecutor(1, Nulls.any()), "options");
  }

  @Test
  default void submit_null_isRefusedAndLeavesNothingBehind() throws Exception {
    try (Executor pool = newExecutor(1)) {
      isNull(() -> pool.submit(Nulls.<Callable<String>>any()), "task");
      isNull(() -> pool.submit(Nulls.<Runnable>any()), "task");
      isNull(() -> pool.submit(Nulls.<Runnable>any(), "result"), "task");
      isNull(() -> pool.submit(Nulls.<TaskOptions>any(), () -> 1), "options");
      isNull(() -> pool.execute(Nulls.any()), "command");
      isNull(() -> pool.invokeAll(Nulls.any()), "tasks");
      isNull(() -> pool.invokeAny(Nulls.any()), "tasks");
      isNull(() -> pool.invokeAll(Arrays.asList(Nulls.<Callable<String>>any())), "task");
      refused(() -> pool.invokeAny(List.<Callable<String>>of()), "tasks", "empty", ";");
      assertThat(pool.stats().submitted()).isZero();
      pool.shutdown();
      assertThat(pool.awaitTermination(1, TimeUnit.DAYS)).isTrue();
    }
  }

  @Test
  default void map_null_isRefused() {
    try (Executor pool = newExecutor(1)) {
      TaskFunction<Integer, Integer> fn = n -> n;
      isNull(() -> pool.map(Nulls.<TaskFunction<Integer, Integer>>any(), List.of(1)), "fn");
      isNull(() -> pool.map(fn, Nulls.any()), "inputs");
      isNull(() -> pool.map(Nulls.any(), fn, List.of(1)), "options");
      isNull(() -> pool.mapUnordered(fn, Nulls.any()), "inputs");
      isNull(() -> pool.map((a, b) -> a, List.of(1), Nulls.any()), "second");
      isNull(() -> pool.map((a, b) -> b, Nulls.any(), List.of(1)), "first");
    }
  }

  @Test
  default void waits_badValues_areRefused() {
    try (Executor pool = newExecutor(1)) {
      Future<Integer> future = pool.submit(() -> 1);
      Duration negative = Duration.ofSeconds(-1);
      refused(() -> future.result(negative), "timeout", "-1 s", ";");
      refused(() -> future.exception(negative), "timeout", "-1 s", ";");
      refused(() -> Futures.wait(List.of(future), negative), "timeout", "-1 s", ";");
      refused(() -> Futures.asCompleted(List.of(future), negative), "timeout", "-1 s", ";");
      isNull(() -> future.result(Nulls.any()), "timeout");
      isNull(() -> future.addDoneCallback(Nulls.any()), "callback");
      isNull(() -> Futures.wait(Nulls.<List<Future<Integer>>>any()), "futures");
      isNull(() -> Futures.asCompleted(Nulls.<List<Future<Integer>>>any()), "futures");
      List<Future<Integer>> withNull = new ArrayList<>(List.of(future));
      withNull.add(Nulls.any());
      isNull(() -> Futures.wait(withNull), "futures[1]");
      isNull(() -> Futures.asCompleted(withNull), "futures[1]");
      isNull(() -> Future.from(Nulls.any()), "stage");
    }
  }

  @Test
  default void context_thatFailsToBeCaptured_isTheSubmittersErrorAndLeavesNothingBehind() {
    ContextCarrier failing = () -> {
      throw new IllegalStateException("no context, on purpose");
    };
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withContext(failing))) {
      assertThatThrownBy(() -> pool.submit(() -> 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("on purpose");
      pool.shutdown();
      Eventually.holds("the executor ends", pool::isTerminated);
    }
  }

  private static void refused(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).message().contains(parts);
  }

  private static void isNull(ThrowingCallable call, String argument) {
    assertThatThrownBy(call).isInstanceOf(NullPointerException.class).message().startsWith(argument).contains("null");
  }
}
