package dev.heddle.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.ThreadPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A recursion that submits until the stack overflows leaves an executor that runs what it has accepted, and closes. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeepSubmitTest {
  private static final int MOST = 100_000;

  static Stream<Executor> pools() {
    return Stream.of(ThreadPool.of(2), ThreadPool.virtual(2), ThreadPool.virtual());
  }

  private static void submitDeeper(Executor pool, List<Future<Integer>> accepted) {
    if (accepted.size() < MOST) {
      try {
        accepted.add(pool.submit(() -> 1));
      } catch (RejectedExecutionException e) {
        // no stack to start a thread: so the task was not accepted
      }
      submitDeeper(pool, accepted);
    }
  }

  @ParameterizedTest
  @MethodSource("pools")
  void submit_atTheStacksEnd_leavesAPoolThatCloses(Executor pool) throws InterruptedException {
    for (int round = 0; round < 5; round++) {
      List<Future<Integer>> accepted = new ArrayList<>(MOST);
      try {
        submitDeeper(pool, accepted);
      } catch (StackOverflowError e) {
        // on purpose
      }
      for (Future<Integer> each : accepted) {
        assertThat(each.result(Duration.ofSeconds(30))).isEqualTo(1);
      }
    }
    pool.shutdown();
    assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }
}
