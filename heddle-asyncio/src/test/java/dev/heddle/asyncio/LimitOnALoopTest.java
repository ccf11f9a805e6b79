package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.KeyedLimit;
import dev.heddle.futures.Limit;
import dev.heddle.futures.Limit.Permit;
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
}
