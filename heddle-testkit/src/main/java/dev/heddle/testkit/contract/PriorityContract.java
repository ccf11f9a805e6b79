package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.TaskOptions;
import dev.heddle.testkit.Gate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tasks with a priority, on an engine whose queue is ordered by it. */
public interface PriorityContract extends ExecutorContract {

  @Test
  default void queuedTasks_beginByPriority_andInOrderWithinOne() throws Exception {
    try (Executor pool = newExecutor(1)) {
      Gate release = newGate();
      Future<String> first = submitBlocked(pool, release);
      List<Integer> priorities = new ArrayList<>(IntStream.range(0, 60).map(i -> i % 5 - 2).boxed().toList());
      Collections.shuffle(priorities, new Random(7));
      List<Future<Long>> all = new ArrayList<>();
      for (int each : priorities) {
        all.add(pool.submit(TaskOptions.defaults().withPriority(each), () -> System.nanoTime()));
      }
      assertThat(all.get(3).cancel()).isTrue();
      release.open();
      assertThat(first.result()).isEqualTo("released");
      List<Integer> numbers = IntStream.range(0, 60).boxed().filter(i -> i != 3).toList();
      List<Integer> order = numbers.stream().sorted(Comparator.comparingLong((Integer i) -> all.get(i).result())).toList();
      assertThat(order)
          .isEqualTo(numbers.stream().sorted(Comparator.comparingInt((Integer i) -> -priorities.get(i))).toList());
    }
  }

  @Test
  default void closedExecutor_runsAllPriorities() {
    List<Future<Integer>> all = new ArrayList<>();
    try (Executor pool = newExecutor(2)) {
      for (int i = 0; i < 1_000; i++) {
        int n = i;
        all.add(pool.submit(TaskOptions.defaults().withPriority(i % 3 - 1), () -> n));
      }
    }
    assertThat(all.stream().mapToInt(Future::result).sum()).isEqualTo(499_500);
  }
}
