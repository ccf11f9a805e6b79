package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Permit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The first success of several, queues in other orders, permits without waiting, and the reason of a cancellation. */
@org.junit.jupiter.api.Timeout(60)
class RaceTest extends LoopContract {

  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Async.of(body);
  }

  private Async<String> after(int seconds, String result) {
    return Async.of(
        a -> {
          try {
            a.await(Asyncio.sleep(Duration.ofSeconds(seconds)));
            if (result.startsWith("fail")) {
              throw new IllegalStateException(result);
            }
            return result;
          } catch (Cancelled c) {
            a.await(Asyncio.sleep(Duration.ofSeconds(1)));
            log.add(result + " cancelled");
            throw c;
          }
        });
  }

  @Test
  void race_firstResult_othersAreCancelledAndAwaited() {
    run(
        a -> {
          assertThat(a.await(Asyncio.race(List.of(after(1, "fail fast"), after(9, "late"), after(3, "first")))))
              .isEqualTo("first");
          assertThat(EventLoop.current().nanoTime()).isEqualTo(Duration.ofSeconds(4).toNanos());
          return null;
        });
    assertThat(log).containsExactly("late cancelled");
    assertThat(problems).isEmpty();
  }

  @Test
  void race_allFail_theFirstFailureIsThrown_noneIsRefused() {
    assertThatThrownBy(() -> run(a -> a.await(Asyncio.race(List.of(after(2, "fail second"), after(1, "fail first"))))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("fail first")
        .satisfies(e -> assertThat(e.getSuppressed()).extracting(Throwable::getMessage).containsExactly("fail second"));
    assertThatThrownBy(() -> Asyncio.race(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void race_cancelled_cancelsAll() {
    run(
        a -> {
          Task<String> race = Asyncio.createTask(Asyncio.race(List.of(after(5, "one"), after(6, "two"))));
          a.await(Asyncio.sleep(Duration.ofSeconds(1)));
          race.cancel();
          a.await(ended(race));
          assertThat(race.isCancelled()).isTrue();
          return null;
        });
    assertThat(log).containsExactly("one cancelled", "two cancelled");
  }

  @Test
  void cancel_reasonReachesThoseWhoAwait() {
    run(
        a -> {
          Task<String> task = Asyncio.createTask("worker", after(5, "worker"));
          a.await(Asyncio.sleep(Duration.ofSeconds(1)));
          task.cancel("the order was withdrawn");
          try {
            a.await(task);
          } catch (CancellationException e) {
            assertThat(e).hasMessage("task 'worker', which was waited for, was cancelled: the order was withdrawn");
            log.add("told");
          }
          return null;
        });
    assertThat(log).contains("told");
  }

  @Test
  void queue_lastInFirstOut_andByPriority() {
    run(
        a -> {
          Queue<String> stack = Queue.lifo(2);
          a.await(stack.put("one"));
          a.await(stack.put("two"));
          assertThat(stack.isFull()).isTrue();
          assertThat(stack.capacity()).isEqualTo(2);
          assertThat(stack.tryPut("three")).isFalse();
          assertThat(a.await(stack.get())).isEqualTo("two");
          assertThat(a.await(stack.get())).isEqualTo("one");
          Queue<String> byLength = Queue.priority(10, java.util.Comparator.comparingInt(String::length));
          for (String each : List.of("ccc", "b", "aa", "a", "bb")) {
            a.await(byLength.put(each));
          }
          for (String each : List.of("b", "a", "aa", "bb", "ccc")) {
            assertThat(a.await(byLength.get())).isEqualTo(each);
          }
          assertThat(byLength.tryGet()).isNull();
          return null;
        });
  }

  @Test
  void semaphore_tryAcquire_doesNotWait() {
    run(
        a -> {
          Semaphore semaphore = new Semaphore(1);
          try (Permit held = semaphore.tryAcquire()) {
            assertThat(held).isNotNull();
            assertThat(semaphore.tryAcquire()).isNull();
          }
          assertThat(semaphore.available()).isEqualTo(1);
          return null;
        });
  }
}
