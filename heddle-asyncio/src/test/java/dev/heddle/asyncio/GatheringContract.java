package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.ReturnWhen;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** Several things at once: gather, waitFor, asCompleted, and async generators. */
abstract class GatheringContract extends LoopContract {

  private long now() {
    return EventLoop.current().nanoTime() / 1_000_000_000;
  }

  @Test
  void gather_results_inTheOrderGiven() {
    run(
        a -> {
          assertThat(a.await(Asyncio.gather(later(2, "x"), later(1, "y")))).containsExactly("x", "y");
          assertThat(now()).isEqualTo(2);
          assertThat(a.await(Asyncio.<String>gather(List.of()))).isEmpty();
          return null;
        });
  }

  @Test
  void gather_duplicates_runOnce() {
    run(
        a -> {
          Async<String> same = sleeper("same", 1);
          Task<String> task = Asyncio.createTask(sleeper("task", 1));
          assertThat(a.await(Asyncio.gather(same, task, same, task))).containsExactly("same", "task", "same", "task");
          return null;
        });
    assertThat(log).containsExactlyInAnyOrder("same slept", "task slept");
  }

  @Test
  void gather_failure_cancelsSiblingsAndWaitsForThem() {
    run(
        a -> {
          try {
            a.await(Asyncio.gather(failing(1, "broken"), sleeper("sibling", 9)));
          } catch (IOException e) {
            log.add(e.getMessage() + " at " + now());
          }
          assertThat(EventLoop.current().tasks()).hasSize(1);
          return null;
        });
    assertThat(log).containsExactly("sibling cancelled", "broken at 1");
  }

  @Test
  void gatherOutcomes_tellsOfEach() {
    run(
        a -> {
          Task<String> cancelled = Asyncio.createTask(sleeper("c", 9));
          EventLoop.current().callLater(seconds(1), cancelled::cancel);
          List<Outcome<String>> all = a
              .await(Asyncio.gatherOutcomes(List.of(failing(1, "broken"), cancelled, later(2, "x"))));
          assertThat(all.get(0)).isInstanceOf(Outcome.Failure.class);
          assertThat(all.get(1)).isInstanceOf(Outcome.Cancelled.class);
          assertThat(all.get(2)).isEqualTo(new Outcome.Success<>("x"));
          return null;
        });
  }

  @Test
  void gatherOutcomes_cancelled_isCancelled() {
    run(
        a -> {
          Task<List<Outcome<String>>> task = Asyncio.createTask(
              async(b -> b.await(Asyncio.gatherOutcomes(List.of(sleeper("one", 9), sleeper("two", 9))))));
          a.await(Asyncio.sleep(SECOND));
          task.cancel();
          a.await(ended(task));
          assertThat(task.isCancelled()).isTrue();
          return null;
        });
    assertThat(log).containsExactly("one cancelled", "two cancelled");
  }

  @Test
  void waitFor_all_first_andFirstException() {
    run(
        a -> {
          Task<String> slow = Asyncio.createTask(sleeper("slow", 5));
          Task<String> bad = Asyncio.createTask(failing(2, "bad"));
          Task<String> fast = Asyncio.createTask(sleeper("fast", 1));
          List<Task<String>> all = List.of(slow, bad, fast);
          assertThat(a.await(Asyncio.wait(all, ReturnWhen.FIRST_COMPLETED)).done()).containsExactly(fast);
          assertThat(now()).isEqualTo(1);
          assertThat(a.await(Asyncio.wait(all, ReturnWhen.FIRST_EXCEPTION)).notDone()).containsExactly(slow);
          assertThat(now()).isEqualTo(2);
          assertThat(a.await(Asyncio.wait(all, ReturnWhen.FIRST_EXCEPTION)).notDone()).containsExactly(slow);
          assertThat(now()).isEqualTo(2); // had failed already
          assertThat(a.await(Asyncio.wait(all, ReturnWhen.ALL_COMPLETED, SECOND)).notDone()).containsExactly(slow);
          assertThat(now()).isEqualTo(3);
          assertThat(a.await(Asyncio.wait(all, ReturnWhen.ALL_COMPLETED, Duration.ZERO)).done()).hasSize(2);
          assertThat(a.await(Asyncio.wait(all)).notDone()).isEmpty();
          assertThat(now()).isEqualTo(5);
          assertThat(a.await(Asyncio.<String>wait(List.of())).done()).isEmpty();
          return null;
        });
  }

  @Test
  void waitFor_cancelled_leavesTheTasksAlone() {
    run(
        a -> {
          Task<String> task = Asyncio.createTask(sleeper("task", 2));
          try {
            a.await(Asyncio.timeout(SECOND, ended(task)));
          } catch (AsyncTimeoutException e) {
            log.add("late");
          }
          a.await(task);
          return null;
        });
    assertThat(log).containsExactly("late", "task slept");
  }

  @Test
  void asCompleted_inOrderOfCompletion() {
    run(
        a -> {
          AsyncIterator<Task<String>> tasks = Asyncio.asCompleted(List.of(later(3, "c"), later(1, "a"), later(2, "b")));
          while (a.await(tasks.hasNext())) {
            log.add(tasks.next().result() + now());
          }
          assertThatThrownBy(tasks::next).isInstanceOf(NoSuchElementException.class);
          return null;
        });
    assertThat(log).containsExactly("a1", "b2", "c3");
  }

  @Test
  void asCompleted_timeout() {
    run(
        a -> {
          Task<String> slow = Asyncio.createTask(sleeper("slow", 9));
          AsyncIterator<Task<String>> tasks = Asyncio.asCompleted(List.of(slow, later(1, "a")), seconds(2));
          a.await(tasks.hasNext());
          log.add(tasks.next().result());
          try {
            a.await(tasks.hasNext());
          } catch (AsyncTimeoutException e) {
            log.add("late at " + now());
          }
          a.await(slow); // goes on
          assertThat(a.await(tasks.hasNext())).isTrue();
          return null;
        });
    assertThat(log).containsExactly("a", "late at 2", "slow slept");
  }

  // ---- generators ----

  private AsyncGenerator<Integer> ticks(int count) {
    return AsyncGenerator.of(
        y -> {
          try {
            for (int i = 0; i < count; i++) {
              y.await(Asyncio.sleep(SECOND));
              y.yield(i);
            }
          } finally {
            y.await(Asyncio.sleep(SECOND));
            log.add("closed");
          }
        });
  }

  @Test
  void generator_yieldsAndAwaits() {
    run(
        a -> {
          AsyncGenerator<Integer> ticks = ticks(3);
          List<Integer> got = new ArrayList<>();
          while (a.await(ticks.hasNext())) {
            got.add(ticks.next());
          }
          assertThat(got).containsExactly(0, 1, 2);
          assertThat(now()).isEqualTo(4);
          assertThat(a.await(ticks.hasNext())).isFalse();
          assertThatThrownBy(ticks::next).isInstanceOf(NoSuchElementException.class).hasMessageContaining("has ended");
          return null;
        });
    assertThat(log).containsExactly("closed");
  }

  @Test
  void generator_toList() {
    assertThat(this.<List<Integer>>run(a -> a.await(ticks(3).toList()))).containsExactly(0, 1, 2);
  }

  @Test
  void generator_awaitableElements_areElements() {
    run(
        a -> {
          AsyncGenerator<Awaitable<String>> jobs = AsyncGenerator.of(y -> y.yield(later(1, "x")));
          assertThat(a.await(jobs.hasNext())).isTrue();
          assertThat(a.await(jobs.next())).isEqualTo("x");
          return null;
        });
  }

  @Test
  void generator_onTheFallbackEngine_yieldsAndAwaits() {
    AsyncGeneratorBody<Integer> body = y -> {
      y.await(later(1, "x"));
      y.yield(7);
    };
    AsyncGenerator<Integer> handedOn = AsyncGenerator.of(y -> body.run(y));
    assertThat(this.<List<Integer>>run(a -> a.await(handedOn.toList()))).containsExactly(7);
  }

  @Test
  void generator_closed_runsItsFinally() {
    run(
        a -> {
          AsyncGenerator<Integer> ticks = ticks(3);
          a.await(ticks.hasNext());
          a.await(ticks.close());
          log.add("then " + now());
          a.await(ticks.close());
          assertThat(a.await(ticks.hasNext())).isFalse();
          return null;
        });
    assertThat(log).containsExactly("closed", "then 2");
  }

  @Test
  void generator_leftOpen_isClosedAtTheEnd() {
    run(a -> a.await(ticks(3).hasNext()));
    assertThat(log).containsExactly("closed");
  }

  @Test
  void generator_consumerCancelled_ends() {
    run(
        a -> {
          AsyncGenerator<Integer> ticks = ticks(3);
          try {
            a.await(Asyncio.timeout(Duration.ofMillis(500), ticks.hasNext()));
          } catch (AsyncTimeoutException e) {
            log.add("late");
          }
          assertThat(a.await(ticks.hasNext())).isFalse();
          return null;
        });
    assertThat(log).containsExactly("closed", "late");
  }

  @Test
  void generator_twoConsumersAtOnce_isRefused() {
    run(
        a -> {
          AsyncGenerator<Integer> ticks = ticks(3);
          Task<Boolean> other = Asyncio.createTask(async(b -> b.await(ticks.hasNext())));
          a.await(Asyncio.yieldNow());
          try {
            a.await(ticks.hasNext());
          } catch (LoopStateException e) {
            log.add("refused");
          }
          return a.await(other);
        });
    assertThat(log).containsExactly("refused", "closed");
  }
}
