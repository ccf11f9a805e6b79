package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Futures;
import dev.heddle.futures.TaskCallable;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Tally;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract that a task may submit to its own executor and wait for the result, whatever the executor's size. */
public interface LocalNestingContract extends ExecutorContract {

  @Test
  default void task_thatWaitsForATaskOfItsOwnPool_goesOn() {
    try (Executor pool = newExecutor(1)) {
      TaskCallable<Integer> seven = () -> 7;
      List<TaskCallable<Integer>> ways = List.of(
          () -> pool.submit(seven).result(),
          () -> pool.submit(seven).get(),
          () -> pool.submit(seven).result(Duration.ofDays(1)),
          () -> Futures.wait(List.of(pool.submit(seven))).done().iterator().next().result(),
          () -> Futures.wait(List.of(pool.submit(seven)), Duration.ofDays(1)).done().iterator().next().result(),
          () -> Futures.asCompleted(List.of(pool.submit(seven))).next().result(),
          () -> pool.map(n -> n, List.of(7)).next(),
          () -> pool.mapUnordered(n -> n, List.of(7)).next(),
          () -> pool.invokeAll(List.of(seven)).getFirst().resultNow(),
          () -> pool.invokeAny(List.of(seven)));
      for (TaskCallable<Integer> way : ways) {
        assertThat(pool.submit(way).result()).isEqualTo(7);
      }
    }
  }

  @Test
  default void task_nestedAHundredDeep_goesOn() {
    try (Executor pool = newExecutor(1)) {
      assertThat(pool.submit(() -> depth(pool, 100)).result()).isEqualTo(100);
      Eventually.holds("no task waits any more", () -> pool.stats().waiting() == 0);
      assertThat(pool.submit(() -> "next").result()).isEqualTo("next");
    }
  }

  @Test
  default void task_thatForksAndJoins_goesOn() {
    try (Executor pool = newExecutor(2)) {
      assertThat(pool.submit(() -> fibonacci(pool, 12)).result()).isEqualTo(144);
    }
  }

  @Test
  default void map_withinMap_goesOn() {
    for (int round = 0; round < 100; round++) {
      try (Executor pool = newExecutor(1)) {
        List<Integer> sums = pool
            .map(n -> pool.map(m -> n * m, List.of(1, 2, 3)).stream().mapToInt(m -> m).sum(), List.of(1, 10, 100))
            .toList();
        assertThat(sums).as("round %d", round).containsExactly(6, 60, 600);
      }
    }
  }

  @Test
  default void callback_thatSubmitsAndWaits_goesOn() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> future = submitBlocked(pool, release);
      AtomicReference<@Nullable String> got = new AtomicReference<>();
      Tally told = Tally.local();
      future.addDoneCallback(
          _ -> {
            got.set(pool.submit(() -> "inner").result());
            told.hit();
          });
      release.open();
      told.await(1);
      assertThat(got.get()).isEqualTo("inner");
    }
  }

  @Test
  default void tasks_ofTwoPoolsThatCallEachOther_goOn() {
    try (Executor one = newExecutor(1); Executor other = newExecutor(1)) {
      assertThat(one.submit(() -> pingPong(other, one, 20)).result()).isEqualTo(20);
    }
  }

  private static int depth(Executor pool, int levels) {
    return levels == 0 ? 0 : 1 + pool.submit(() -> depth(pool, levels - 1)).result();
  }

  private static int pingPong(Executor next, Executor here, int levels) {
    return levels == 0 ? 0 : 1 + next.submit(() -> pingPong(here, next, levels - 1)).result();
  }

  private static int fibonacci(Executor pool, int n) {
    if (n < 2) {
      return n;
    }
    Future<Integer> first = pool.submit(() -> fibonacci(pool, n - 1));
    Future<Integer> second = pool.submit(() -> fibonacci(pool, n - 2));
    return first.result() + second.result();
  }
}
