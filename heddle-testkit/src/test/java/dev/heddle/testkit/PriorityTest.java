package dev.heddle.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Futures;
import dev.heddle.futures.Hedge;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.ThreadPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Priorities of thread pools, and the measured delay of hedged calls. */
@Bounded
class PriorityTest {

  @Test
  void queuedTasks_beginByPriority_andInOrderWithinOne() throws Exception {
    for (boolean virtual : new boolean[]{true, false}) {
      try (Executor pool = virtual ? ThreadPool.virtual(1) : ThreadPool.of(1)) {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        pool.submit(() -> {
          started.countDown();
          release.await();
        });
        started.await();
        List<Integer> priorities = new ArrayList<>(IntStream.range(0, 60).map(i -> i % 5 - 2).boxed().toList());
        Collections.shuffle(priorities, new Random(7));
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < priorities.size(); i++) {
          int number = i;
          all.add(pool.submit(TaskOptions.defaults().withPriority(priorities.get(i)), () -> {
            order.add(number);
          }));
        }
        assertThat(all.get(3).cancel()).isTrue();
        release.countDown();
        Futures.wait(all);
        List<Integer> expected = IntStream.range(0, 60).boxed().filter(i -> i != 3)
            .sorted((a, b) -> priorities.get(b) - priorities.get(a)).toList();
        assertThat(order).isEqualTo(expected);
      }
    }
  }

  @Test
  void priorityOnAnExecutorWithoutAQueue_isRefused() {
    try (Executor pool = ThreadPool.virtual(PoolOptions.named("each"))) {
      assertThatThrownBy(() -> pool.submit(TaskOptions.defaults().withPriority(5), () -> 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("priority must be 0 on executor 'each'")
          .hasMessageContaining("but was 5; leave it out, or use ThreadPool.of(n)");
    }
  }

  @Test
  void closedPool_runsAllPriorities() {
    List<Future<Integer>> all = new ArrayList<>();
    try (Executor pool = ThreadPool.of(2)) {
      for (int i = 0; i < 1_000; i++) {
        int n = i;
        all.add(pool.submit(TaskOptions.defaults().withPriority(i % 3 - 1), () -> n));
      }
    }
    assertThat(all.stream().mapToInt(Future::result).sum()).isEqualTo(499_500);
  }

  @Test
  void hedge_byQuantile_waitsAsLongAsMostCallsTake() throws Exception {
    VirtualClock clock = new VirtualClock();
    Hedge hedge = Hedge.quantile(0.9).withTime(clock);
    try (Executor pool = ThreadPool.of(2)) {
      for (int i = 1; i <= 20; i++) {
        Duration time = Duration.ofMillis(i);
        assertThat(hedge.submit(pool, () -> {
          clock.advance(time);
          return 1;
        }).result()).isEqualTo(1);
      }
      assertThat(hedge.hedged()).isZero();
      CountDownLatch never = new CountDownLatch(1);
      Future<Integer> slow = hedge.submit(pool, () -> {
        never.await();
        return 1;
      });
      assertThat(clock.untilNext()).contains(Duration.ofMillis(18));
      clock.advance(Duration.ofMillis(18));
      assertThat(hedge.hedged()).isEqualTo(1);
      assertThat(slow.cancel(true)).isTrue();
    }
  }
}
