package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Permit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Calls on other threads, and their treatment when the wait is cancelled. */
class ThreadCallTest extends LoopContract {

  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Async.of(body);
  }

  @Test
  void toThread_virtualTimeStandsStillMeanwhile() {
    run(
        a -> {
          CountDownLatch go = new CountDownLatch(1);
          Task<String> sleeping = Asyncio.createTask(sleeper("sleeper", 1));
          EventLoop loop = EventLoop.current();
          String result = a.await(
              Asyncio.toThread(
                  () -> {
                    loop.callSoon(go::countDown);
                    go.await();
                    return "done at " + loop.nanoTime();
                  }));
          assertThat(result).isEqualTo("done at 0");
          assertThat(sleeping.isDone()).isFalse();
          a.await(sleeping);
          return null;
        });
  }

  @Test
  void toThread_failure_isThrownAtTheAwait() {
    assertThatThrownBy(
        () -> run(
            a -> a.await(
                Asyncio.toThread(
                    () -> {
                      throw new java.io.IOException("there");
                    }))))
        .isInstanceOf(java.io.IOException.class)
        .hasMessage("there");
  }

  @Test
  void cancel_interruptAndWait_callHasEndedAfterwards() {
    run(
        a -> {
          CountDownLatch begun = new CountDownLatch(1);
          AtomicBoolean ended = new AtomicBoolean();
          Task<String> task = Asyncio.createTask(
              async(
                  b -> b.await(
                      Asyncio.toThread(
                          () -> {
                            begun.countDown();
                            try {
                              new CountDownLatch(1).await();
                            } finally {
                              ended.set(true);
                            }
                            return "";
                          }))));
          a.await(reached(begun));
          task.cancel();
          a.await(ended(task));
          assertThat(task.isCancelled()).isTrue();
          assertThat(ended).isTrue();
          return null;
        });
  }

  @Test
  void cancel_wait_resultIsDelivered_andTheCancellationNext() {
    run(
        a -> {
          CountDownLatch begun = new CountDownLatch(1);
          CountDownLatch go = new CountDownLatch(1);
          Task<String> task = Asyncio.createTask(
              async(
                  b -> {
                    log.add(
                        b.await(
                            Asyncio.toThread(
                                CancelPolicy.WAIT,
                                () -> {
                                  begun.countDown();
                                  go.await();
                                  return "finished";
                                })));
                    b.await(Asyncio.yieldNow());
                    return "not reached";
                  }));
          a.await(reached(begun));
          task.cancel();
          go.countDown();
          a.await(ended(task));
          assertThat(task.isCancelled()).isTrue();
          return null;
        });
    assertThat(log).containsExactly("finished");
  }

  @Test
  void cancel_abandon_doesNotWait() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    run(
        a -> {
          CountDownLatch begun = new CountDownLatch(1);
          Task<String> task = Asyncio.createTask(
              async(
                  b -> b.await(
                      Asyncio.toThread(
                          CancelPolicy.ABANDON,
                          () -> {
                            begun.countDown();
                            while (true) {
                              try {
                                go.await();
                                break;
                              } catch (InterruptedException e) {
                                log.add("interrupted");
                              }
                            }
                            ended.countDown();
                            return "";
                          }))));
          a.await(reached(begun));
          task.cancel();
          a.await(ended(task));
          assertThat(task.isCancelled()).isTrue();
          return null;
        });
    go.countDown();
    ended.await();
    assertThat(log).containsExactly("interrupted");
  }

  @Test
  void cancel_beforeTheCallBegins_itNeverRuns() throws InterruptedException {
    AtomicBoolean ran = new AtomicBoolean();
    CountDownLatch go = new CountDownLatch(1);
    try (ExecutorService one = Executors.newSingleThreadExecutor()) {
      run(
          a -> {
            Task<String> first = Asyncio.createTask(
                async(
                    b -> b.await(
                        Asyncio.runInExecutor(
                            one,
                            () -> {
                              go.await();
                              return "first";
                            }))));
            Task<String> second = Asyncio.createTask(
                async(
                    b -> b.await(
                        Asyncio.runInExecutor(
                            one,
                            () -> {
                              ran.set(true);
                              return "second";
                            }))));
            a.await(Asyncio.yieldNow());
            second.cancel();
            a.await(ended(second));
            assertThat(second.isCancelled()).isTrue();
            go.countDown();
            return a.await(first);
          });
    }
    assertThat(ran).isFalse();
  }

  @Test
  void runInExecutor_closed_rejectionIsThrownAtTheAwait() {
    ExecutorService closed = Executors.newSingleThreadExecutor();
    closed.shutdown();
    assertThatThrownBy(() -> run(a -> a.await(Asyncio.runInExecutor(closed, () -> "x"))))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void limiter_isASemaphore() {
    run(
        a -> {
          Semaphore limit = new Semaphore(2);
          java.util.concurrent.atomic.AtomicInteger now = new java.util.concurrent.atomic.AtomicInteger();
          java.util.concurrent.atomic.AtomicInteger most = new java.util.concurrent.atomic.AtomicInteger();
          List<Async<Integer>> calls = new java.util.ArrayList<>();
          for (int i = 0; i < 20; i++) {
            calls.add(
                async(
                    b -> {
                      try (Permit _ = b.await(limit.acquire())) {
                        return b.await(
                            Asyncio.toThread(
                                () -> {
                                  most.accumulateAndGet(now.incrementAndGet(), Math::max);
                                  return now.decrementAndGet();
                                }));
                      }
                    }));
          }
          a.await(Asyncio.gather(calls));
          assertThat(most.get()).isBetween(1, 2);
          return null;
        });
  }

  @Test
  void timeout_callThatWrapsItsInterrupt_isATimeoutWithThatCause() {
    CountDownLatch begun = new CountDownLatch(1);
    assertThat(timesOutOnce(begun, Asyncio.toThread(() -> {
      begun.countDown();
      return wrapping();
    }))).hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void timeout_executorCallThatWrapsItsInterrupt_isATimeout() {
    CountDownLatch begun = new CountDownLatch(1);
    try (dev.heddle.futures.Executor pool = dev.heddle.futures.ThreadPool.virtual()) {
      timesOutOnce(begun, Asyncio.runInExecutor(pool, () -> {
        begun.countDown();
        return wrapping();
      }));
    }
  }

  /** Lets a time-out run out while a call runs. */
  private static Throwable timesOutOnce(CountDownLatch begun, Awaitable<Object> call) {
    return assertThatThrownBy(
        () -> EventLoop.run(
            a -> {
              Timeout limit = Timeout.of(Duration.ofSeconds(50));
              Task<Object> task = Asyncio.createTask(limit.run(call));
              a.await(Asyncio.toThread(() -> {
                begun.await();
                return null;
              }));
              limit.reschedule(Duration.ZERO);
              return a.await(task);
            }))
        .isInstanceOf(AsyncTimeoutException.class)
        .actual();
  }

  /** Blocks until it is interrupted, and wraps that as libraries do that know no InterruptedException. */
  private static Object wrapping() {
    try {
      new CountDownLatch(1).await();
      return "never";
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Test
  void cancel_callThatFailsOtherwise_isCancelledAndKeepsTheFailure() {
    EventLoop.run(
        a -> {
          CountDownLatch begun = new CountDownLatch(1);
          Task<Object> task = Asyncio.createTask(
              Async.of(
                  b -> b.await(
                      Asyncio.toThread(
                          () -> {
                            begun.countDown();
                            return wrapping();
                          }))));
          a.await(Asyncio.toThread(() -> {
            begun.await();
            return null;
          }));
          task.cancel();
          a.await(Asyncio.wait(List.of(task)));
          assertThat(task.isCancelled()).isTrue();
          return null;
        });
  }
}
