package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The loop itself: its beginning and end, its depth, and what it keeps. */
class LoopTest extends LoopContract {
  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Async.of(body);
  }

  private List<LoopProblem.Kind> kinds() {
    return problems.stream().map(LoopProblem::kind).toList();
  }

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
    assertThat(problems.get(0).message()).contains("'forgotten'", "sleeping for 1 min 39 s");
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
        .hasMessageContaining("5 s")
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
    assertThat(problems.getFirst().message()).contains("'lost'", "never awaited");
  }

  @Test
  void task_withoutReferences_isNotLost() {
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
              .containsPattern("(?m)^  main: running \\(LoopTest.java:\\d+\\)$")
              .containsPattern("(?m)^  outer: waiting for task 'inner' \\(LoopTest.java:\\d+\\)$")
              .containsPattern("(?m)^    inner: sleeping for 9 s \\(LoopContract.java:\\d+\\)$");
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

  @Test
  void unobservedFailures_aboveAThousand_areReportedAtOnceTheOldestFirst() {
    EventLoop.run(
        options(),
        a -> {
          List<Task<String>> tasks = new ArrayList<>();
          for (int i = 0; i < 1_003; i++) {
            tasks.add(Asyncio.createTask("bad-" + i, failing(0, "bad " + i)));
          }
          a.await(Asyncio.sleep(seconds(1)));
          assertThat(problems).extracting(problem -> String.valueOf(problem.error()))
              .containsExactly("java.io.IOException: bad 0", "java.io.IOException: bad 1", "java.io.IOException: bad 2");
          assertThat(tasks.getLast().exception()).hasMessage("bad 1002"); // is observed now, and so not reported
          return null;
        });
    assertThat(problems).hasSize(1_002).allMatch(each -> each.kind() == LoopProblem.Kind.UNOBSERVED_FAILURE);
  }

  @Test
  void run_end_taskThatWasCancelled_isNoLeftover() {
    EventLoop.run(
        options(),
        a -> {
          Task<String> spinner = Asyncio.createTask(sleeper("spinner", 100));
          a.await(Asyncio.yieldNow());
          return spinner.cancel(); // and not awaited, as in every tutorial
        });
    assertThat(log).containsExactly("spinner cancelled");
    assertThat(problems).isEmpty();
  }

  @Test
  void virtualTime_futureThatNoThreadCompletes_isADeadlock() {
    assertThatThrownBy(() -> run(a -> a.await(new CompletableFuture<String>())))
        .isInstanceOf(LoopDeadlockException.class)
        .hasMessageContaining("main: waiting for");
  }
}
