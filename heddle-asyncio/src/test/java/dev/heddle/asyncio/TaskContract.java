package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Coroutines, tasks, and how they are cancelled. */
abstract class TaskContract extends LoopContract {

  @Test
  void await_coroutine_givesItsResult() {
    int sum = run(
        a -> {
          int one = a.await(later(1, 1));
          int two = a.await(later(1, 2));
          return one + two;
        });
    assertThat(sum).isEqualTo(3);
  }

  @Test
  void await_failure_isThrownUnchanged() {
    assertThatThrownBy(() -> run(a -> a.await(failing(1, "no network"))))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("no network");
  }

  @Test
  void await_noSuchElement_isNotMistakenForAnEnd() {
    assertThatThrownBy(
        () -> run(
            a -> a.await(
                async(
                    _ -> {
                      throw new NoSuchElementException("empty");
                    }))))
        .isExactlyInstanceOf(NoSuchElementException.class)
        .hasMessage("empty");
  }

  @Test
  void await_failureCaught_bodyGoesOn() {
    String result = run(
        a -> {
          try {
            return a.await(failing(1, "x"));
          } catch (IOException e) {
            return "caught " + e.getMessage() + a.await(later(1, "!"));
          }
        });
    assertThat(result).isEqualTo("caught x!");
  }

  @Test
  void sleep_virtualTime_addsUp() {
    long nanos = run(
        a -> {
          EventLoop loop = EventLoop.current();
          a.await(Asyncio.sleep(seconds(3600)));
          a.await(Asyncio.gather(later(5, "x"), later(7, "y")));
          return loop.nanoTime();
        });
    assertThat(nanos).isEqualTo(seconds(3607).toNanos());
  }

  @Test
  void createTask_runsBesideItsMaker() {
    run(
        a -> {
          Task<String> one = Asyncio.createTask("one", sleeper("one", 2));
          Task<String> two = Asyncio.createTask("two", sleeper("two", 1));
          log.add(one.isDone() + " " + one.name());
          a.await(one);
          assertThat(two.result()).isEqualTo("two");
          return null;
        });
    assertThat(log).containsExactly("false one", "two slept", "one slept");
  }

  @Test
  void await_taskTwice_givesTheSameResult() {
    run(
        a -> {
          Task<String> task = Asyncio.createTask(later(1, "x"));
          assertThat(a.await(task)).isSameAs(a.await(task));
          return null;
        });
  }

  @Test
  void await_coroutineTwice_isRefused() {
    run(
        a -> {
          Async<String> once = later(1, "x");
          a.await(once);
          assertThat(once.isTaken()).isTrue();
          try {
            a.await(once);
            log.add("not refused");
          } catch (LoopStateException e) {
            log.add("refused");
            assertThat(e).hasMessageContaining("a coroutine runs once").hasMessageContaining("createTask");
          }
          assertThatThrownBy(() -> Asyncio.createTask(once)).isInstanceOf(LoopStateException.class);
          return null;
        });
    assertThat(log).containsExactly("refused");
  }

  @Test
  @SuppressWarnings("NullAway") // the point of the test
  void await_null_isRefused() {
    assertThatThrownBy(() -> run(a -> a.await((Awaitable<String>) null)))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("what to await");
  }

  @Test
  void result_ofTaskThatHasNotEnded_isRefused() {
    run(
        a -> {
          Task<String> task = Asyncio.createTask(later(1, "x"));
          assertThatThrownBy(task::result).isInstanceOf(LoopStateException.class).hasMessageContaining("await");
          assertThatThrownBy(task::exception).isInstanceOf(LoopStateException.class);
          a.await(task);
          assertThat(task.exception()).isNull();
          assertThat(task.outcome()).isEqualTo(new Outcome.Success<>("x"));
          return null;
        });
  }

  @Test
  void cancel_taskThatReRaises_isCancelled() {
    run(
        a -> {
          Task<String> task = Asyncio.createTask(sleeper("t", 9));
          a.await(Asyncio.sleep(SECOND));
          assertThat(task.cancel("enough")).isTrue();
          a.await(ended(task));
          assertThat(task.isCancelled()).isTrue();
          assertThat(task.cancel()).isFalse();
          assertThatThrownBy(task::result).isInstanceOf(CancellationException.class);
          assertThat(task.outcome()).isInstanceOf(Outcome.Cancelled.class);
          return null;
        });
    assertThat(log).containsExactly("t cancelled");
  }

  @Test
  void cancel_taskThatCatches_hasItsResult() {
    String result = run(
        a -> {
          Task<String> task = Asyncio.createTask(
              async(
                  b -> {
                    try {
                      b.await(Asyncio.sleep(seconds(9)));
                      return "slept";
                    } catch (Cancelled c) {
                      return "caught: " + c.getMessage();
                    }
                  }));
          a.await(Asyncio.sleep(SECOND));
          task.cancel("enough");
          return a.await(task);
        });
    assertThat(result).startsWith("caught: task 'task-2' was cancelled: enough");
  }

  @Test
  void cancel_taskThatIgnores_goesOnAndMayAwait() {
    String result = run(
        a -> {
          Task<String> task = Asyncio.createTask(
              async(
                  b -> {
                    try {
                      b.await(Asyncio.sleep(seconds(9)));
                    } catch (Cancelled c) {
                      log.add("ignored");
                    }
                    return b.await(later(2, "went on"));
                  }));
          a.await(Asyncio.sleep(SECOND));
          task.cancel();
          return a.await(task);
        });
    assertThat(result).isEqualTo("went on");
  }

  @Test
  void cancel_catchOfException_letsItPass() {
    run(
        a -> {
          Task<String> task = Asyncio.createTask(
              async(
                  b -> {
                    try {
                      b.await(Asyncio.sleep(seconds(9)));
                    } catch (Exception e) {
                      log.add("swallowed");
                    }
                    return "x";
                  }));
          a.await(Asyncio.yieldNow());
          task.cancel();
          a.await(ended(task));
          assertThat(task.isCancelled()).isTrue();
          return null;
        });
    assertThat(log).isEmpty();
  }

  @Test
  void cancel_beforeStart_entersTheBodyAndSurfacesAtTheFirstAwait() {
    run(
        a -> {
          Task<String> task = Asyncio.createTask(
              async(
                  b -> {
                    log.add("entered");
                    try {
                      b.await(Asyncio.sleep(SECOND));
                      log.add("not reached");
                    } finally {
                      log.add("cleaned up");
                    }
                    return "";
                  }));
          task.cancel();
          a.await(ended(task));
          assertThat(task.isCancelled()).isTrue();
          return null;
        });
    assertThat(log).containsExactly("entered", "cleaned up");
  }

  @Test
  void cancel_afterLastAwait_resultIsNotLost() {
    String result = run(
        a -> {
          Event go = new Event();
          Task<String> task = Asyncio.createTask(
              async(
                  b -> {
                    b.await(go.await());
                    return "kept";
                  }));
          a.await(Asyncio.yieldNow());
          go.set();
          task.cancel();
          return a.await(task);
        });
    assertThat(result).isEqualTo("kept");
  }

  @Test
  void cancel_itself_surfacesAtTheNextAwait() {
    assertThatThrownBy(
        () -> run(
            a -> {
              Asyncio.currentTask().cancel("myself");
              log.add("went on");
              a.await(Asyncio.yieldNow());
              log.add("not reached");
              return null;
            }))
        .isInstanceOf(CancellationException.class);
    assertThat(log).containsExactly("went on");
  }

  @Test
  void await_itself_isADeadlock() {
    assertThatThrownBy(() -> run(a -> a.await(Asyncio.currentTask())))
        .isInstanceOf(LoopStateException.class)
        .hasMessageContaining("deadlock: task 'main' waits for itself");
  }

  @Test
  void await_circle_isADeadlock() {
    run(
        a -> {
          CompletableFuture<Task<String>> second = new CompletableFuture<>();
          Task<String> one = Asyncio.createTask("one", async(b -> b.await(b.await(second))));
          Task<String> two = Asyncio.createTask("two", async(b -> b.await(one)));
          second.complete(two);
          a.await(ended(one, two));
          assertThat(one.exception()).hasMessageContaining("deadlock");
          assertThat(two.exception()).isSameAs(one.exception());
          return null;
        });
  }

  @Test
  void cancel_whileAwaitingATask_cancelsThatTaskFirst() {
    run(
        a -> {
          Task<String> inner = Asyncio.createTask("inner", sleeper("inner", 9));
          Task<String> outer = Asyncio.createTask(
              "outer",
              async(
                  b -> {
                    try {
                      return b.await(inner);
                    } catch (Cancelled c) {
                      log.add("outer cancelled");
                      throw c;
                    }
                  }));
          a.await(Asyncio.sleep(SECOND));
          outer.cancel();
          a.await(ended(outer));
          assertThat(inner.isCancelled()).isTrue();
          assertThat(outer.isCancelled()).isTrue();
          return null;
        });
    assertThat(log).containsExactly("inner cancelled", "outer cancelled");
  }

  @Test
  void cancel_bothTaskAndInner_surfacesOnce() {
    run(
        a -> {
          Task<String> inner = Asyncio.createTask(sleeper("inner", 9));
          Task<String> outer = Asyncio.createTask(
              async(
                  b -> {
                    try {
                      return b.await(inner);
                    } catch (Cancelled c) {
                      log.add("outer cancelled");
                      b.await(Asyncio.yieldNow()); // a second signal would surface here
                      throw c;
                    }
                  }));
          a.await(Asyncio.sleep(SECOND));
          inner.cancel();
          outer.cancel();
          a.await(ended(inner, outer));
          assertThat(outer.isCancelled()).isTrue();
          return null;
        });
    assertThat(log).containsExactly("inner cancelled", "outer cancelled");
  }

  @Test
  void await_taskCancelledByOthers_isAnOrdinaryException() {
    run(
        a -> {
          Task<String> inner = Asyncio.createTask("inner", sleeper("inner", 9));
          Task<String> outer = Asyncio.createTask("outer", async(b -> b.await(inner)));
          a.await(Asyncio.sleep(SECOND));
          inner.cancel();
          a.await(ended(outer));
          assertThat(outer.isCancelled()).isFalse();
          assertThat(outer.exception()).isInstanceOf(CancellationException.class).hasMessageContaining("inner");
          return null;
        });
  }

  @Test
  void cancel_innerThatSwallows_resultIsDeliveredAndTheRequestStays() {
    run(
        a -> {
          Task<String> inner = Asyncio.createTask(
              async(
                  b -> {
                    try {
                      b.await(Asyncio.sleep(seconds(9)));
                    } catch (Cancelled c) {
                      log.add("swallowed");
                    }
                    return "result";
                  }));
          Task<String> outer = Asyncio.createTask(
              async(
                  b -> {
                    log.add(b.await(inner));
                    b.await(Asyncio.yieldNow());
                    return "not reached";
                  }));
          a.await(Asyncio.sleep(SECOND));
          outer.cancel();
          a.await(ended(outer));
          assertThat(outer.isCancelled()).isTrue();
          return null;
        });
    assertThat(log).containsExactly("swallowed", "result");
  }

  @Test
  void uncancel_takesRequestsBack() {
    run(
        a -> {
          Task<?> me = Asyncio.currentTask();
          me.cancel();
          me.cancel();
          assertThat(me.cancelling()).isEqualTo(2);
          assertThat(me.uncancel()).isEqualTo(1);
          assertThat(me.uncancel()).isZero();
          assertThat(me.uncancel()).isZero();
          a.await(Asyncio.sleep(SECOND)); // no signal: it was not delivered, and is taken back
          return null;
        });
  }

  @Test
  void shield_outerCancelled_innerGoesOnAndIsAwaited() {
    run(
        a -> {
          Task<String> outer = Asyncio.createTask(
              async(
                  b -> {
                    log.add("got " + b.await(Asyncio.shield(sleeper("inner", 3))));
                    b.await(Asyncio.yieldNow());
                    return "not reached";
                  }));
          a.await(Asyncio.sleep(SECOND));
          outer.cancel();
          a.await(ended(outer));
          log.add("outer ended at " + EventLoop.current().nanoTime() / 1_000_000_000);
          assertThat(outer.isCancelled()).isTrue();
          return null;
        });
    assertThat(log).containsExactly("inner slept", "got inner", "outer ended at 3");
  }

  @Test
  void shield_innerCancelled_isAnOrdinaryException() {
    run(
        a -> {
          Task<String> inner = Asyncio.createTask(sleeper("inner", 3));
          Task<String> outer = Asyncio.createTask(async(b -> b.await(Asyncio.shield(inner))));
          a.await(Asyncio.sleep(SECOND));
          inner.cancel();
          a.await(ended(outer));
          assertThat(outer.exception()).isInstanceOf(CancellationException.class);
          return null;
        });
  }

  @Test
  void contextVar_isInheritedAndThenOnesOwn() {
    ContextVar<String> user = ContextVar.of("user", "nobody");
    run(
        a -> {
          user.set("ada");
          Task<String> child = Asyncio.createTask(
              async(
                  b -> {
                    String before = user.get();
                    user.set("bob");
                    b.await(Asyncio.yieldNow());
                    return before + " " + user.get();
                  }));
          assertThat(a.await(child)).isEqualTo("ada bob");
          assertThat(user.get()).isEqualTo("ada");
          assertThat(a.await(Asyncio.toThread(user::get))).isEqualTo("ada");
          return null;
        });
    assertThat(user.get()).isEqualTo("nobody");
  }

  @Test
  void doneCallback_comesSoonAndOnTheLoop() {
    run(
        a -> {
          Task<String> task = Asyncio.createTask(later(1, "x"));
          task.addDoneCallback(done -> log.add("done " + done.result()));
          a.await(task);
          a.await(Asyncio.yieldNow());
          task.addDoneCallback(done -> log.add("late " + done.result()));
          log.add("soon");
          a.await(Asyncio.yieldNow());
          return null;
        });
    assertThat(log).containsExactly("done x", "soon", "late x");
  }
}
