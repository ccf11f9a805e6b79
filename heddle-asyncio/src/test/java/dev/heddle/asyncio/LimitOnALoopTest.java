package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.KeyedLimit;
import dev.heddle.futures.Limit;
import dev.heddle.futures.Permit;
import dev.heddle.futures.Rate;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.ThreadPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Coroutines share the limits of threads. */
@org.junit.jupiter.api.Timeout(value = 60, threadMode = org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD)
class LimitOnALoopTest {

  private static Async<Integer> fetch(KeyedLimit<String> perHost, String host, int number, List<Integer> order) {
    return Async.of(a -> {
      try (Permit _ = a.await(perHost.forKey(host).acquire())) {
        order.add(number);
        a.await(Asyncio.sleep(Duration.ofMillis(1)));
        order.add(-number);
        return number;
      }
    });
  }

  @Test
  void coroutinesOfOneKey_runOneAfterTheOther() {
    KeyedLimit<String> perHost = KeyedLimit.concurrent(1);
    List<Integer> order = new ArrayList<>();
    List<Integer> all = EventLoop.run(
        a -> a.await(
            Asyncio.gather(fetch(perHost, "x", 1, order), fetch(perHost, "x", 2, order), fetch(perHost, "y", 3, order))));
    assertThat(all).containsExactly(1, 2, 3);
    assertThat(order.indexOf(2)).isGreaterThan(order.indexOf(-1));
    assertThat(order.indexOf(3)).isLessThan(order.indexOf(-1));
  }

  @Test
  void cancelledCoroutine_givesUpItsPlace() {
    Limit one = Limit.concurrent(1);
    Permit held = one.acquire().result();
    assertThatThrownBy(() -> EventLoop
        .<Permit>run(a -> a.await(Asyncio.timeout(Duration.ofMillis(5), Async.of(b -> b.await(one.acquire()))))))
        .isInstanceOf(AsyncTimeoutException.class);
    assertThat(one.toString()).contains("1 held, 0 waiting");
    held.close();
  }

  @Test
  void coroutineAndTask_shareALimit() {
    Limit one = Limit.concurrent(1);
    try (Executor pool = ThreadPool.of(1)) {
      String text = EventLoop.run(a -> {
        Future<String> task;
        try (Permit _ = a.await(one.acquire())) {
          task = pool.submit(TaskOptions.limitedBy(one), () -> "after the coroutine");
          a.await(Asyncio.sleep(Duration.ofMillis(2)));
          assertThat(task.isDone()).isFalse();
        }
        return a.await(task);
      });
      assertThat(text).isEqualTo("after the coroutine");
    }
  }

  private static Async<Integer> holding(Limit limit) {
    return Async.of(a -> {
      try (Permit _ = a.await(limit.acquire())) {
        a.await(Asyncio.sleep(Duration.ofHours(1)));
      }
      return 1;
    });
  }

  @Test
  void virtualTime_goesOn_whileACoroutineWaitsForAPermit() {
    Limit one = Limit.concurrent(1);
    List<Integer> all = EventLoop
        .run(LoopOptions.simulated(1), a -> a.await(Asyncio.gather(List.of(holding(one), holding(one), holding(one)))));
    assertThat(all).containsExactly(1, 1, 1);
    assertThat(one.toString()).contains("0 held, 0 waiting");
  }

  @Test
  void virtualTime_goesOn_whileATaskOrTheSecondOfTwoLimitsWaitsForACoroutine() {
    Limit one = Limit.concurrent(1);
    Limit both = Limit.concurrent(5).and(one);
    try (Executor pool = ThreadPool.of(1)) {
      String text = EventLoop.run(LoopOptions.simulated(1), a -> {
        Task<Integer> holder = Asyncio.createTask(holding(one));
        a.await(Asyncio.yieldNow());
        Future<String> task = pool.submit(TaskOptions.limitedBy(one), () -> "after the coroutine");
        Task<Integer> second = Asyncio.createTask(holding(both));
        String got = a.await(task);
        a.await(holder);
        a.await(second);
        return got;
      });
      assertThat(text).isEqualTo("after the coroutine");
    }
  }

  @Test
  void virtualTime_standsStill_whileARateLetsTimePass() {
    Limit rate = Limit.rate(Rate.of(1, Duration.ofMillis(20)));
    rate.acquire();
    boolean early = EventLoop.run(LoopOptions.simulated(1), a -> {
      Task<Integer> other = Asyncio.createTask(Async.of(b -> {
        b.await(Asyncio.sleep(Duration.ofHours(1)));
        return 1;
      }));
      a.await(rate.acquire());
      return other.isDone();
    });
    assertThat(early).isFalse();
  }

  /** Runs a loop that gives up a task, which does not let itself be cancelled while it waits for a permit. */
  private static void giveUpWaiting(Limit limit) {
    assertThatThrownBy(
        () -> EventLoop.run(LoopOptions.defaults().withShutdownTimeout(Duration.ofMillis(50)), a -> {
          Asyncio.createTask(Async.action(b -> {
            while (true) {
              try {
                b.await(limit.acquire());
              } catch (Cancelled _) {
                // and waits again
              }
            }
          }));
          a.await(Asyncio.yieldNow());
        })).isInstanceOf(LoopStateException.class);
  }

  @Test
  void taskThatIsGivenUp_givesUpItsPlace() {
    Limit one = Limit.concurrent(1);
    Permit held = one.acquire().result();
    giveUpWaiting(one);
    assertThat(one.toString()).contains("1 held, 0 waiting");
    held.close();
    assertThat(one.toString()).contains("0 held, 0 waiting");
  }
}
