package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.MapOptions;
import dev.heddle.futures.MapOutcome;
import dev.heddle.futures.Retry;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.TaskFunction;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.WaitTimeoutException;
import dev.heddle.iter.Iter;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of maps that go on after failures. */
public interface OutcomesContract extends ExecutorContract {

  @Test
  default void mapOutcomes_someInputsFail_yieldsEachInOrder() {
    try (Executor pool = newExecutor(2)) {
      List<MapOutcome<Integer, Integer>> outcomes = pool.mapOutcomes(n -> halfOf(n), upTo(6)).toList();
      assertThat(outcomes).extracting(MapOutcome::index).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
      assertThat(outcomes).extracting(MapOutcome::input).containsExactly(0, 1, 2, 3, 4, 5);
      assertThat(outcomes).extracting(MapOutcome::succeeded).containsExactly(true, false, true, false, true, false);
      assertThat(outcomes).extracting(MapOutcome::value).containsExactly(0, null, 1, null, 2, null);
      assertThat(outcomes).extracting(MapOutcome::attempts).containsOnly(1);
      assertThat(outcomes).extracting(MapOutcome::time).allMatch(time -> !time.isNegative());
      assertThat(outcomes.get(3).failure()).isInstanceOf(IOException.class).hasMessage("3 is odd");
      assertThat(outcomes.get(4).result()).isEqualTo(2);
      assertThatThrownBy(outcomes.get(5)::result)
          .isInstanceOf(TaskFailedException.class)
          .hasMessageContaining("input 5 of a map (5")
          .hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  default void mapOutcomes_retried_countsTheAttemptsOfEachInput() {
    try (Executor pool = newExecutor(2)) {
      Tally tries = newTally();
      Retry retry = Retry.times(3).withDelay(Duration.ZERO);
      List<MapOutcome<Integer, Integer>> outcomes = pool
          .mapOutcomes(
              MapOptions.defaults().withTasks(TaskOptions.defaults().withRetry(retry)), n -> failingOnce(n, tries), upTo(4))
          .toList();
      assertThat(outcomes).extracting(MapOutcome::attempts).containsExactly(1, 2, 1, 3);
      assertThat(outcomes).extracting(MapOutcome::succeeded).containsExactly(true, true, true, false);
    }
  }

  @Test
  default void mapOutcomes_ofOneNullResult_isASuccess() {
    try (Executor pool = newExecutor(1)) {
      MapOutcome<Integer, Object> outcome = pool.<Integer, Object>mapOutcomes(_ -> null, List.of(1)).toList().getFirst();
      assertThat(outcome.succeeded()).isTrue();
      assertThat(outcome.result()).isNull();
    }
  }

  @Test
  default void mapOutcomesUnordered_yieldsTheQuickOnesFirst() {
    try (Executor pool = newExecutor(2); Gate gate = newGate()) {
      Iter<MapOutcome<Integer, Integer>> outcomes = pool.mapOutcomesUnordered(n -> {
        if (n == 0) {
          gate.await();
        }
        return halfOf(n);
      }, upTo(3));
      assertThat(List.of(outcomes.next().input(), outcomes.next().input())).containsExactlyInAnyOrder(1, 2);
      gate.open();
      assertThat(outcomes.next().input()).isZero();
      assertThat(outcomes.hasNext()).isFalse();
    }
  }

  @Test
  default void mapOutcomes_timeout_tellsOfEveryInputAndThenOfTheTimeout() {
    try (Executor pool = newExecutor(2); Gate never = newGate()) {
      pool.map(n -> n, upTo(2)).toList(); // so that starting workers takes nothing of the time
      MapOptions options = MapOptions.defaults().withAhead(4).withTimeout(soon());
      Iter<MapOutcome<Integer, Integer>> outcomes = pool.mapOutcomes(
          options,
          n -> {
            if (n > 0) {
              never.await();
            }
            return n;
          },
          upTo(100));
      List<MapOutcome<Integer, Integer>> all = new ArrayList<>();
      assertThatThrownBy(() -> outcomes.forEachRemaining(all::add)).isInstanceOf(WaitTimeoutException.class);
      assertThat(all).extracting(MapOutcome::input).containsExactly(0, 1, 2, 3, 4);
      assertThat(all.getFirst().succeeded()).isTrue();
      assertThat(all.subList(1, 5)).allMatch(each -> each.failure() instanceof WaitTimeoutException);
      assertThat(outcomes.hasNext()).isFalse();
      never.open();
    }
  }

  @Test
  default void mapOutcomes_shutdownNow_tellsOfEveryInputThatWasTaken() throws Exception {
    try (Executor pool = newExecutor(1); Gate never = newGate(); Gate begun = newGate()) {
      CountedSource source = CountedSource.upTo(1_000);
      Iter<MapOutcome<Integer, Integer>> outcomes = pool.mapOutcomes(
          MapOptions.defaults().withAhead(3),
          n -> {
            begun.open();
            never.await();
            return n;
          },
          source);
      begun.await();
      pool.shutdownNow();
      List<MapOutcome<Integer, Integer>> all = new ArrayList<>();
      assertThatThrownBy(() -> outcomes.forEachRemaining(all::add)).isInstanceOf(RejectedExecutionException.class);
      assertThat(all).hasSize(source.taken()).extracting(MapOutcome::input).containsExactly(0, 1, 2, 3);
      assertThat(all.subList(0, 3)).allMatch(each -> each.failure() instanceof CancellationException);
      assertThat(all.get(3).failure()).isInstanceOf(RejectedExecutionException.class);
      assertThat(all.get(3).attempts()).isZero();
    }
  }

  @Test
  default void mapOutcomes_ofAClosedExecutor_isRejected() {
    Executor pool = newExecutor(1);
    pool.close();
    assertThatThrownBy(() -> pool.mapOutcomes(n -> n, upTo(3))).isInstanceOf(RejectedExecutionException.class);
  }

  /** Whatever fails, in whatever chunks, in whatever order: there is one outcome for each input. */
  @Test
  default void mapOutcomes_ofAnyPattern_addUpToTheInputs() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (Executor pool = newExecutor(3)) {
      for (int round = 0; round < rounds(); round++) {
        int size = random.nextInt(40);
        long failing = random.nextLong();
        int chunk = 1 + random.nextInt(5);
        boolean torn = random.nextInt(4) == 0;
        MapOptions options = MapOptions.defaults().withAhead(chunk + random.nextInt(20)).withChunkSize(chunk)
            .withTasks(TaskOptions.defaults().withRetry(Retry.times(1 + random.nextInt(2)).withDelay(Duration.ZERO)));
        TaskFunction<Integer, Integer> fn = n -> failsIf(n, failing);
        CountedSource source = torn ? new CountedSource(size, new IllegalStateException("torn")) : CountedSource.upTo(size);
        boolean ordered = random.nextBoolean();
        List<MapOutcome<Integer, Integer>> all = new ArrayList<>();
        try {
          (ordered ? pool.mapOutcomes(options, fn, source) : pool.mapOutcomesUnordered(options, fn, source))
              .forEach(all::add);
          assertThat(torn).isFalse();
        } catch (IllegalStateException e) {
          assertThat(e).hasMessage("torn");
        }
        if (!ordered) {
          all.sort(Comparator.comparingLong(MapOutcome::index));
        }
        String what = "seed " + seed + ", round " + round + ", ordered " + ordered + ", chunks of " + chunk;
        assertThat(all).as(what).extracting(MapOutcome::input).isEqualTo(upTo(size));
        for (MapOutcome<Integer, Integer> each : all) {
          assertThat(each.index()).as(what).isEqualTo(each.input().longValue());
          boolean fails = (failing >>> each.input() & 1) != 0;
          assertThat(each.succeeded()).as(what).isEqualTo(!fails);
          assertThat(each.value()).as(what).isEqualTo(fails ? null : Integer.valueOf(-each.input()));
          assertThat(each.failure() instanceof IOException).as(what).isEqualTo(fails);
          assertThat(each.attempts()).as(what).isPositive();
        }
      }
    }
  }

  private static List<Integer> upTo(int end) {
    return IntStream.range(0, end).boxed().toList();
  }

  private static int halfOf(int n) throws IOException {
    if (n % 2 != 0) {
      throw new IOException(n + " is odd");
    }
    return n / 2;
  }

  private static int failingOnce(int n, Tally tries) throws IOException {
    if (n == 3 || (n == 1 && tries.hit() == 1)) {
      throw new IOException("on purpose");
    }
    return n;
  }

  private static int failsIf(int n, long failing) throws IOException {
    if ((failing >>> n & 1) != 0) {
      throw new IOException("on purpose");
    }
    return -n;
  }
}
