package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** The cancellation of tasks. */
abstract class TaskCancelContract extends LoopContract {
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
}
