package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Future;
import dev.heddle.futures.ThreadPool;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The loop itself: its beginning and end, its threads, its problems, and its depth. */
class LoopTest extends LoopContract {

  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Async.of(body);
  }

  private List<LoopProblem.Kind> kinds() {
    return problems.stream().map(LoopProblem::kind).toList();
  }

  // ---- beginning and end ----

  @Test
  void run_insideRun_isRefused() {
    run(
        a -> {
          assertThatThrownBy(() -> EventLoop.run(later(1, "x")))
              .isInstanceOf(LoopStateException.class)
              .hasMessageContaining("run inside run")
              .hasMessageContaining("await");
          return null;
        });
    assertThat(EventLoop.<String>run(a -> "again")).isEqualTo("again");
  }

  @Test
  void run_insideRunOnTheFallbackEngine_isRefused() {
    run(
        a -> a.await(
            Fallback.async(
                b -> {
                  assertThatThrownBy(() -> EventLoop.run(later(1, "x"))).isInstanceOf(LoopStateException.class);
                  assertThat(EventLoop.current().currentTask()).isNotNull();
                  return null;
                })));
  }

  @Test
  void run_onAnotherThreadInside_works() {
    String inner = run(a -> a.await(Asyncio.toThread(() -> EventLoop.run(options(), later(1, "inner")))));
    assertThat(inner).isEqualTo("inner");
  }

  @Test
  void outside_everything_saysWhereItBelongs() {
    assertThatThrownBy(EventLoop::current).isInstanceOf(LoopStateException.class).hasMessageContaining("EventLoop.run");
    assertThatThrownBy(() -> Asyncio.createTask(later(1, "x"))).isInstanceOf(LoopStateException.class);
    assertThatThrownBy(() -> Asyncio.asCompleted(List.of(later(1, "x")))).isInstanceOf(LoopStateException.class);
    assertThatThrownBy(Asyncio::currentTask).isInstanceOf(LoopStateException.class);
  }

  @Test
  void await_outsideItsBody_isRefused() {
    AtomicReference<Awaiter> escaped = new AtomicReference<>();
    run(
        a -> {
          a.await(
              Async.of(
                  b -> {
                    escaped.set(b);
                    return null;
                  }));
          assertThatThrownBy(() -> escaped.get().await(Asyncio.sleep(SECOND)))
              .isInstanceOf(LoopStateException.class)
              .hasMessageContaining("await outside its coroutine")
              .hasMessageContaining("Async.of");
          return null;
        });
  }

  @Test
  void run_end_cancelsLeftoversAndReportsThem() {
    run(
        a -> {
          Asyncio.createTask("forgotten", sleeper("forgotten", 99));
          Asyncio.createTask(
              "failing",
              async(
                  b -> {
                    try {
                      b.await(Asyncio.sleep(seconds(99)));
                    } finally {
                      broken();
                    }
                    return null;
                  }));
          a.await(Asyncio.yieldNow());
          return null;
        });
    assertThat(log).containsExactly("forgotten cancelled");
    assertThat(kinds())
        .containsExactly(
            LoopProblem.Kind.LEFT_OVER, LoopProblem.Kind.LEFT_OVER, LoopProblem.Kind.UNOBSERVED_FAILURE);
    assertThat(problems.get(0).message()).contains("'forgotten'", "sleeping for PT1M39S");
    assertThat(problems.get(2).error()).isInstanceOf(IOException.class);
  }

  private static void broken() throws IOException {
    throw new IOException("broken");
  }

  @Test
  void run_end_leftoverThatMakesTasks_theyAreCancelledToo() {
    run(
        a -> {
          Asyncio.createTask(
              async(
                  b -> {
                    try {
                      b.await(Asyncio.sleep(seconds(99)));
                    } finally {
                      Asyncio.createTask(sleeper("late", 99));
                    }
                    return null;
                  }));
          a.await(Asyncio.yieldNow());
          return null;
        });
    assertThat(log).containsExactly("late cancelled");
  }

  @Test
  void run_end_taskThatNeverEnds_isAnErrorWithATree() {
    assertThatThrownBy(
        () -> EventLoop.run(
            options().withShutdownTimeout(seconds(5)),
            async(
                a -> {
                  Asyncio.createTask(
                      "stubborn",
                      async(
                          b -> {
                            while (true) {
                              try {
                                b.await(Asyncio.sleep(SECOND));
                              } catch (Cancelled c) {
                                log.add("ignored");
                              }
                            }
                          }));
                  a.await(Asyncio.yieldNow());
                  return null;
                })))
        .isInstanceOf(LoopStateException.class)
        .hasMessageContaining("PT5S")
        .hasMessageContaining("  stubborn: ");
  }

  @Test
  void unobservedFailure_isReportedOnce_observedIsNot() {
    run(
        a -> {
          Task<String> asked = Asyncio.createTask(failing(1, "asked"));
          Asyncio.createTask("lost", failing(1, "lost"));
          a.await(Asyncio.sleep(seconds(2)));
          assertThat(asked.exception()).hasMessage("asked");
          return null;
        });
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().message()).contains("'lost'", "nobody has awaited it");
  }

  @Test
  void task_thatNobodyRefersTo_isNotLost() {
    run(
        a -> {
          CompletableFuture<String> done = new CompletableFuture<>();
          Asyncio.createTask(
              async(
                  b -> {
                    b.await(Asyncio.sleep(SECOND));
                    done.complete("kept");
                    return null;
                  }));
          System.gc();
          assertThat(a.await(done)).isEqualTo("kept");
          return null;
        });
  }

  @Test
  void createTask_afterTheRun_isRefused() {
    EventLoop loop = run(a -> EventLoop.current());
    assertThatThrownBy(() -> loop.callSoon(() -> {}))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("ended");
    assertThatThrownBy(() -> loop.createTask(later(1, "x")))
        .isInstanceOf(LoopStateException.class)
        .hasMessageContaining("takes no more tasks");
  }

  // ---- other threads ----

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

  // ---- problems ----

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
          EventLoop.Scheduled never = loop.callLater(seconds(1), () -> log.add("never"));
          loop.callLater(seconds(1), () -> log.add("one again"));
          never.cancel();
          a.await(Asyncio.sleep(seconds(3)));
          assertThatThrownBy(() -> loop.callLater(Duration.ofSeconds(-1), () -> {}))
              .isInstanceOf(IllegalArgumentException.class);
          return null;
        });
    assertThat(log).containsExactly("one", "one again", "two");
  }

  // ---- depth, and what is kept ----

  @Test
  void chain_ofAMillionTasks_doesNotOverflow() {
    int count = 1_000_000;
    int result = run(
        a -> {
          CompletableFuture<Integer> start = new CompletableFuture<>();
          Task<Integer> last = Asyncio.createTask(async(b -> b.await(start)));
          for (int i = 0; i < count; i++) {
            Task<Integer> before = last;
            last = Asyncio.createTask(async(b -> b.await(before) + 1));
          }
          a.await(Asyncio.yieldNow());
          start.complete(0);
          return a.await(last);
        });
    assertThat(result).isEqualTo(count);
  }

  private static Async<Integer> nested(int depth) {
    return Async.of(a -> depth == 0 ? 0 : 1 + a.await(nested(depth - 1)));
  }

  @Test
  void nesting_ofAHundredThousandCoroutines_doesNotOverflow() {
    assertThat(this.<Integer>run(a -> a.await(nested(100_000)))).isEqualTo(100_000);
  }

  @Test
  void cancelledTask_keepsNothing() {
    run(
        a -> {
          byte[] big = new byte[1_000_000];
          WeakReference<byte[]> reference = new WeakReference<>(big);
          Event never = new Event();
          Task<String> task = Asyncio.createTask(holding(big, never));
          big = null;
          a.await(Asyncio.yieldNow());
          task.cancel();
          a.await(ended(task));
          for (int i = 0; i < 50 && reference.get() != null; i++) {
            System.gc();
          }
          assertThat(reference.get()).isNull();
          assertThat(task.isCancelled()).isTrue();
          return null;
        });
  }

  private static Async<String> holding(byte[] big, Event never) {
    return Async.of(
        a -> {
          a.await(never.await());
          return "" + big.length;
        });
  }

  @Test
  void dump_showsWhoWaitsForWhom() {
    run(
        a -> {
          Task<String> inner = Asyncio.createTask("inner", later(9, "x"));
          Task<String> outer = Asyncio.createTask("outer", async(b -> b.await(inner)));
          a.await(Asyncio.sleep(SECOND));
          assertThat(EventLoop.current().dumpTasks())
              .isEqualTo("  main: running\n  outer: waiting for task 'inner'\n    inner: sleeping for PT9S\n");
          return a.await(outer);
        });
  }

  @Test
  void main_cancelledByItsOwnAwait_isACancellationException() {
    assertThatThrownBy(
        () -> run(
            a -> {
              Task<String> task = Asyncio.createTask(later(1, "x"));
              task.cancel();
              return a.await(task);
            }))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void primitive_usedByTwoRunsOneAfterTheOther_works() {
    Lock lock = new Lock();
    for (int i = 0; i < 2; i++) {
      run(
          a -> {
            a.await(lock.acquire()).close();
            return null;
          });
    }
    List<String> seen = new ArrayList<>();
    run(
        a -> {
          a.await(lock.acquire());
          a.await(
              Asyncio.toThread(
                  () -> {
                    try {
                      EventLoop.run(options(), async(b -> b.await(lock.acquire())));
                    } catch (LoopStateException e) {
                      seen.add("refused");
                    }
                    return null;
                  }));
          return null;
        });
    assertThat(seen).containsExactly("refused");
  }
}
