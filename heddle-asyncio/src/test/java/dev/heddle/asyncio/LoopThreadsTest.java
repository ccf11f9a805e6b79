package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Future;
import dev.heddle.futures.ThreadPool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The loop and other threads, its callbacks and its problems. */
class LoopThreadsTest extends LoopContract {
  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Async.of(body);
  }

  private List<LoopProblem.Kind> kinds() {
    return problems.stream().map(LoopProblem::kind).toList();
  }

  @Test
  void callSoon_fromThreads_isInOrderForEach() {
    int threads = 4;
    int each = 50_000;
    int[] next = new int[threads];
    AtomicInteger wrong = new AtomicInteger();
    EventLoop.run(
        a -> {
          EventLoop loop = EventLoop.current();
          CompletableFuture<Void> all = new CompletableFuture<>();
          AtomicInteger left = new AtomicInteger(threads * each);
          for (int t = 0; t < threads; t++) {
            int lane = t;
            Thread.ofVirtual()
                .start(
                    () -> {
                      for (int i = 0; i < each; i++) {
                        int number = i;
                        loop.callSoon(
                            () -> {
                              if (next[lane]++ != number) {
                                wrong.incrementAndGet();
                              }
                              if (left.decrementAndGet() == 0) {
                                all.complete(null);
                              }
                            });
                      }
                    });
          }
          return a.await(all);
        });
    assertThat(wrong).hasValue(0);
    assertThat(next).containsOnly(each);
  }

  @Test
  void completableFuture_completedByAnotherThread_wakesTheLoop() {
    CompletableFuture<String> future = new CompletableFuture<>();
    CountDownLatch waiting = new CountDownLatch(1);
    Thread completer = Thread.ofVirtual()
        .start(
            () -> {
              try {
                waiting.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              future.complete("from afar");
            });
    String got = EventLoop.run(
        a -> {
          EventLoop.current().callSoon(waiting::countDown);
          return a.await(future);
        });
    assertThat(got).isEqualTo("from afar");
    assertThat(completer).isNotNull();
  }

  @Test
  void completableFuture_failureAndCancel() {
    run(
        a -> {
          try {
            a.await(CompletableFuture.supplyAsync(() -> Integer.parseInt("x")));
          } catch (NumberFormatException e) {
            log.add("unwrapped");
          }
          CompletableFuture<String> never = new CompletableFuture<>();
          Task<String> task = Asyncio.createTask(async(b -> b.await(never)));
          a.await(Asyncio.yieldNow());
          task.cancel();
          a.await(ended(task));
          assertThat(task.isCancelled()).isTrue();
          assertThat(never).isCancelled();
          return null;
        });
    assertThat(log).containsExactly("unwrapped");
  }

  @Test
  void task_toCompletableFuture_endsForOtherThreads() {
    AtomicReference<CompletableFuture<String>> outside = new AtomicReference<>();
    run(
        a -> {
          Task<String> task = Asyncio.createTask(later(1, "x"));
          outside.set(task.toCompletableFuture());
          Task<String> cancelled = Asyncio.createTask(later(9, "y"));
          a.await(Asyncio.toThread(() -> cancelled.cancel("from another thread")));
          a.await(ended(cancelled));
          assertThat(cancelled.isCancelled()).isTrue();
          return a.await(task);
        });
    assertThat(outside.get()).isCompletedWithValue("x");
  }

  @Test
  void heddleFuture_isAwaited_andBlockingOnItRefused() {
    try (var pool = ThreadPool.of(2)) {
      EventLoop.run(
          options(),
          async(
              a -> {
                CountDownLatch go = new CountDownLatch(1);
                Future<String> future = pool.submit(
                    () -> {
                      go.await();
                      return "pooled";
                    });
                assertThatThrownBy(future::result)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("would block")
                    .hasMessageContaining("await(future)");
                assertThatThrownBy(future::get).isInstanceOf(IllegalStateException.class);
                go.countDown();
                assertThat(a.await(future)).isEqualTo("pooled");
                assertThat(future.result()).isEqualTo("pooled"); // does not wait
                assertThat(a.await(Asyncio.runInExecutor(pool, () -> "direct"))).isEqualTo("direct");
                try {
                  a.await(
                      Asyncio.runInExecutor(
                          pool,
                          () -> {
                            throw new IOException("in the pool");
                          }));
                } catch (IOException e) {
                  log.add(e.getMessage());
                }
                return null;
              }));
    }
    assertThat(log).containsExactly("in the pool");
  }

  @Test
  void interrupt_cancelsTheMainTask() {
    Thread loopThread = Thread.currentThread();
    assertThatThrownBy(
        () -> EventLoop.run(
            a -> {
              EventLoop.current().callSoon(loopThread::interrupt);
              return a.await(sleeper("main", 9_999));
            }))
        .isInstanceOf(LoopInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(log).containsExactly("main cancelled");
  }

  @Test
  void callback_thatThrows_isReported_andTheRunGoesOn() {
    run(
        a -> {
          EventLoop.current()
              .callSoon(
                  () -> {
                    throw new IllegalStateException("callback");
                  });
          a.await(Asyncio.sleep(SECOND));
          return null;
        });
    assertThat(kinds()).containsExactly(LoopProblem.Kind.CALLBACK_FAILURE);
  }

  @Test
  void problemHandler_thatThrows_harmsNothing() {
    String result = EventLoop.run(
        options()
            .withProblems(
                problem -> {
                  problems.add(problem);
                  throw new IllegalStateException("handler");
                }),
        async(
            a -> {
              EventLoop.current()
                  .callSoon(
                      () -> {
                        throw new IllegalStateException("callback");
                      });
              return a.await(later(1, "fine"));
            }));
    assertThat(result).isEqualTo("fine");
    assertThat(problems).hasSize(1);
  }

  @Test
  void callLater_runsInTheOrderOfDeadlines_andCanBeCancelled() {
    run(
        a -> {
          EventLoop loop = EventLoop.current();
          loop.callLater(seconds(2), () -> log.add("two"));
          loop.callLater(seconds(1), () -> log.add("one"));
          EventLoop.TimerHandle never = loop.callLater(seconds(1), () -> log.add("never"));
          loop.callLater(seconds(1), () -> log.add("one again"));
          never.cancel();
          a.await(Asyncio.sleep(seconds(3)));
          assertThatThrownBy(() -> loop.callLater(Duration.ofSeconds(-1), () -> {}))
              .isInstanceOf(IllegalArgumentException.class);
          return null;
        });
    assertThat(log).containsExactly("one", "one again", "two");
  }

  @Test
  void callSoon_onTheLoop_isInOneOrderWithTasks() {
    run(
        a -> {
          EventLoop.current().callSoon(() -> log.add("callback"));
          a.await(Asyncio.yieldNow());
          log.add("task");
          return null;
        });
    assertThat(log).containsExactly("callback", "task");
  }

  @Test
  void primitive_calledOnAnotherThread_isRefusedFromTheFirstCall() {
    EventLoop.run(
        a -> {
          Event event = new Event();
          Queue<String> queue = Queue.unbounded();
          Barrier barrier = new Barrier(2);
          for (Runnable call : List.<Runnable>of(
              event::set, event::clear, () -> queue.tryPut("x"), queue::tryGet, queue::shutdown, barrier::abort)) {
            Throwable thrown = a
                .await(Asyncio.toThread(() -> assertThatThrownBy(call::run).isInstanceOf(LoopStateException.class)))
                .actual();
            assertThat(thrown).hasMessageContaining("loop.callSoon");
          }
          assertThat(event.isSet()).isFalse();
          return null;
        });
  }

  @Test
  void primitive_madeOutsideAnyLoop_mayBeSetThere() {
    Event event = new Event();
    event.set();
    assertThat(EventLoop.<Boolean>run(
        a -> {
          a.await(event.await());
          return event.isSet();
        })).isTrue();
  }
}
