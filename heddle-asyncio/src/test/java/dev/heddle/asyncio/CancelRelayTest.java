package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How requests to end travel, several at a time, along chains and in circles, and at the end of a run. */
class CancelRelayTest extends LoopContract {

  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Async.of(body);
  }

  /** A coroutine whose clean-up awaits. */
  private Async<String> tidy() {
    return async(
        a -> {
          try {
            a.await(Asyncio.sleep(seconds(3600)));
          } finally {
            a.await(Asyncio.sleep(SECOND));
            log.add("clean");
          }
          return "slept";
        });
  }

  @Test
  void cancel_twiceBeforeTheSignalIsThrown_isOneSignal() {
    run(
        a -> {
          Task<String> task = Asyncio.createTask(tidy());
          a.await(Asyncio.sleep(SECOND));
          task.cancel("one");
          task.cancel("two");
          assertThat(task.cancelling()).isEqualTo(2);
          a.await(ended(task));
          return null;
        });
    assertThat(log).containsExactly("clean");
  }

  @Test
  void leftOver_waiterOlderThanWhatItWaitsFor_cleanUpIsNotBrokenOff() {
    run(
        a -> {
          List<Task<String>> box = new ArrayList<>();
          Asyncio.createTask(
              async(
                  b -> {
                    b.await(Asyncio.yieldNow());
                    return b.await(box.getFirst());
                  }));
          box.add(Asyncio.createTask(tidy()));
          a.await(Asyncio.sleep(SECOND));
          return null;
        });
    assertThat(log).containsExactly("clean");
  }

  @Test
  void leftOver_thatCleansUpAlready_isNotCancelledAgain() {
    run(
        a -> {
          Task<String> task = Asyncio.createTask(tidy());
          a.await(Asyncio.sleep(SECOND));
          task.cancel();
          a.await(Asyncio.yieldNow());
          return null;
        });
    assertThat(log).containsExactly("clean");
  }

  @Test
  void circleThroughGather_isCancelledOnceEach() {
    List<Task<Object>> box = new ArrayList<>();
    assertThatThrownBy(
        () -> run(
            a -> {
              Task<Object> one = Asyncio.createTask(
                  "one",
                  async(
                      b -> {
                        b.await(Asyncio.yieldNow());
                        return b.await(Asyncio.<Object>gather(box.getFirst()));
                      }));
              box.add(Asyncio.createTask("two", async(b -> b.await(one))));
              for (int i = 0; i < 3; i++) { // no sleep: the loop would find the circle
                a.await(Asyncio.yieldNow());
              }
              one.cancel();
              assertThat(one.cancelling()).isEqualTo(1);
              assertThat(box.getFirst().cancelling()).isEqualTo(1);
              return a.await(one);
            }))
        .isInstanceOf(LoopStateException.class)
        .hasMessageContaining("deadlock")
        .hasMessageContaining("'one'");
  }

  @Test
  void chainOfManyTasks_isCancelledWithoutOverflow() {
    int ended = run(
        a -> {
          List<Task<String>> chain = new ArrayList<>(List.of(Asyncio.createTask(later(3600, "x"))));
          for (int i = 0; i < 50_000; i++) {
            Task<String> before = chain.getLast();
            chain.add(Asyncio.createTask(async(b -> b.await(before))));
          }
          a.await(Asyncio.sleep(SECOND));
          chain.getLast().cancel();
          a.await(Asyncio.wait(chain));
          return (int) chain.stream().filter(Task::isCancelled).count();
        });
    assertThat(ended).isEqualTo(50_001);
  }

  @Test
  void group_bodyAwaitsTheTaskThatFails_failureCountsOnce() {
    assertThatThrownBy(
        () -> run(
            a -> {
              TaskGroup group = TaskGroup.create();
              return a.await(group.run(async(b -> b.await(group.createTask(failing(0, "boom"))))));
            }))
        .isInstanceOfSatisfying(
            TaskGroupException.class, e -> assertThat(e.errors()).hasSize(1).first().isInstanceOf(IOException.class));
  }

  @Test
  void generators_oneClosesTheOther_leftAtTheEnd_bothEnd() {
    int first = run(
        a -> {
          AsyncGenerator<Integer> inner = AsyncGenerator.of(
              y -> {
                try {
                  y.yield(1);
                } finally {
                  log.add("inner");
                }
              });
          AsyncGenerator<Integer> outer = AsyncGenerator.of(
              y -> {
                try {
                  while (y.await(inner.hasNext())) {
                    y.yield(inner.next());
                  }
                } finally {
                  y.await(inner.close());
                  log.add("outer");
                }
              });
          a.await(outer.hasNext());
          return outer.next();
        });
    assertThat(first).isEqualTo(1);
    assertThat(log).containsExactly("inner", "outer");
  }

  @Test
  void generator_closeNotAwaited_closesNothing() {
    boolean more = run(
        a -> {
          AsyncGenerator<Integer> two = AsyncGenerator.of(
              y -> {
                y.yield(1);
                y.yield(2);
              });
          a.await(two.hasNext());
          two.next();
          two.close();
          return a.await(two.hasNext());
        });
    assertThat(more).isTrue();
  }

  @Test
  void callLater_cancelledWhenDueAndNotRun_doesNotRun() {
    run(
        a -> {
          EventLoop loop = EventLoop.current();
          List<EventLoop.TimerHandle> later = new ArrayList<>();
          loop.callLater(SECOND, () -> later.getFirst().cancel()); // both are due in the same turn
          later.add(loop.callLater(SECOND, () -> log.add("ran")));
          a.await(Asyncio.sleep(seconds(2)));
          return null;
        });
    assertThat(log).isEmpty();
  }

  @Test
  void timeout_rescheduledInTheTurnItExpires_goesOn() {
    String result = run(
        a -> {
          Timeout limit = Timeout.of(SECOND);
          EventLoop.current().callLater(SECOND, () -> limit.reschedule(seconds(100)));
          return a.await(limit.run(later(5, "slept")));
        });
    assertThat(result).isEqualTo("slept");
  }

  @Test
  void waitFor_awaitedByTwo_isRefusedToTheSecond() {
    run(
        a -> {
          Awaitable<Waited<String>> once = Asyncio.wait(List.of(Asyncio.createTask(later(1, "x"))));
          Task<Waited<String>> first = Asyncio.createTask(async(b -> b.await(once)));
          Task<Waited<String>> second = Asyncio.createTask(async(b -> b.await(once)));
          a.await(ended(first, second));
          assertThat(first.result().done()).hasSize(1);
          assertThat(second.exception()).isInstanceOf(LoopStateException.class).hasMessageContaining("already awaited");
          return null;
        });
  }

  @Test
  void givenUp_futureOfTheTaskCompletes() {
    List<CompletableFuture<String>> copies = new ArrayList<>();
    assertThatThrownBy(
        () -> run(
            a -> {
              Task<String> stubborn = Asyncio.createTask(
                  async(
                      b -> {
                        while (true) {
                          try {
                            b.await(Asyncio.sleep(seconds(3600)));
                          } catch (Cancelled c) {
                            log.add("no");
                          }
                        }
                      }));
              copies.add(stubborn.toCompletableFuture());
              return a.await(later(1, "x"));
            }))
        .isInstanceOf(LoopStateException.class)
        .hasMessageContaining("did not end within");
    assertThat(copies.getFirst()).isDone();
  }

  @Test
  void gather_secondFailure_isSuppressedInTheFirst() {
    Async<String> onTheWayOut = async(
        b -> {
          try {
            return b.await(later(9, "x"));
          } catch (Cancelled c) {
            throw new IOException("second");
          }
        });
    assertThatThrownBy(() -> run(a -> a.await(Asyncio.gather(failing(1, "first"), onTheWayOut))))
        .hasMessage("first")
        .satisfies(e -> assertThat(e.getSuppressed()).singleElement().satisfies(s -> assertThat(s).hasMessage("second")));
  }

  @Test
  void doneCallback_thatDoesNotAsk_doesNotHideTheFailure() {
    run(
        a -> {
          Asyncio.createTask(failing(0, "hidden")).addDoneCallback(_ -> log.add("done"));
          Task<String> asked = Asyncio.createTask(failing(0, "asked"));
          asked.addDoneCallback(task -> log.add(String.valueOf(task.exception())));
          return a.await(later(1, "x"));
        });
    assertThat(log).hasSize(2);
    assertThat(problems).singleElement().satisfies(p -> assertThat(p.message()).contains("hidden"));
  }

  @Test
  void uncancel_insideATimeout_countDoesNotGoBelowZero() {
    run(
        a -> {
          a.await(
              Asyncio.timeout(
                  SECOND,
                  async(
                      b -> {
                        try {
                          return b.await(later(5, "x"));
                        } catch (Cancelled c) {
                          Asyncio.currentTask().uncancel();
                          return "y";
                        }
                      })));
          assertThat(Asyncio.currentTask().cancelling()).isZero();
          return null;
        });
  }
}
