package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Promises, and stages that are gathered, limited and shielded. */
class PromiseTest extends LoopContract {

  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Async.of(body);
  }

  @Test
  void complete_wakesAllThatWait_inTheirOrder_once() {
    run(a -> {
      Promise<String> promise = Promise.create();
      for (String name : List.of("first", "second")) {
        Asyncio.createTask(Async.action(b -> log.add(name + " " + b.await(promise))));
      }
      a.await(Asyncio.yieldNow());
      assertThat(promise.isDone()).isFalse();
      assertThat(promise.complete("done")).isTrue();
      assertThat(promise.complete("again")).isFalse();
      assertThat(promise.completeExceptionally(new IOException())).isFalse();
      assertThat(promise.cancel()).isFalse();
      a.await(Asyncio.yieldNow());
      assertThat(a.<String>await(promise)).isEqualTo("done").isEqualTo(promise.result());
    });
    assertThat(log).containsExactly("first done", "second done");
  }

  @Test
  void failureAndCancellation_areThrownAtEachAwait() {
    run(a -> {
      Promise<String> failed = Promise.create();
      EventLoop.current().callLater(SECOND, () -> failed.completeExceptionally(new IOException("lost")));
      assertThatThrownBy(failed::result).isInstanceOf(LoopStateException.class);
      for (int i = 0; i < 2; i++) {
        try {
          a.await(failed);
        } catch (IOException e) {
          log.add(e.getMessage());
        }
      }
      Promise<String> cancelled = Promise.create();
      EventLoop.current().callLater(SECOND, cancelled::cancel);
      try {
        a.await(cancelled);
      } catch (CancellationException e) {
        log.add(e.getMessage());
      }
    });
    assertThat(log).containsExactly("lost", "lost", "a promise that was waited for was cancelled");
  }

  @Test
  void cancellingOneThatWaits_leavesThePromiseOpenForOthers() {
    run(a -> {
      Promise<String> promise = Promise.create();
      Task<String> one = Asyncio.createTask(promise);
      Task<String> other = Asyncio.createTask(promise);
      a.await(Asyncio.yieldNow());
      one.cancel();
      promise.complete("for the other");
      a.await(ended(one, other));
      assertThat(one.isCancelled()).isTrue();
      assertThat(other.result()).isEqualTo("for the other");
    });
  }

  @Test
  void resultOnItsWay_isDelivered_andTheCancellationAtTheNextAwait() {
    run(a -> {
      Promise<String> promise = Promise.create();
      Task<String> task = Asyncio.createTask(Async.of(b -> {
        log.add(b.await(promise));
        b.await(Asyncio.yieldNow());
        return "";
      }));
      a.await(Asyncio.yieldNow());
      promise.complete("delivered");
      task.cancel();
      a.await(ended(task));
      assertThat(task.isCancelled()).isTrue();
    });
    assertThat(log).containsExactly("delivered");
  }

  @Test
  void promiseThatNothingCompletes_isADeadlockInVirtualTime_atOnce() {
    long start = System.nanoTime();
    assertThatThrownBy(() -> run(a -> a.await(Promise.<String>create())))
        .isInstanceOf(LoopDeadlockException.class)
        .hasMessageContaining("main: waiting for a promise that is open");
    assertThat(System.nanoTime() - start).isLessThan(4_000_000_000L); // a stage is waited for five real seconds
  }

  @Test
  void promise_isGatheredLimitedRacedAndShielded() {
    run(a -> {
      Promise<String> open = Promise.create();
      Promise<String> done = Promise.create();
      done.complete("done");
      assertThat(a.<String>await(Asyncio.race(List.of(open, done)))).isEqualTo("done");
      assertThat(a.await(Asyncio.gather(done, done))).containsExactly("done", "done");
      assertThat(a.<String>await(Asyncio.shield(done))).isEqualTo("done");
      try {
        a.await(Asyncio.timeout(SECOND, open));
      } catch (AsyncTimeoutException e) {
        log.add("late");
      }
      assertThat(open.isDone()).isFalse();
    });
    assertThat(log).containsExactly("late");
  }

  @Test
  void otherThread_isRefusedFromTheFirstCall() {
    run(a -> {
      Promise<String> promise = Promise.create();
      assertThatThrownBy(() -> a.await(Asyncio.toThread(() -> promise.complete("x"))))
          .isInstanceOf(LoopStateException.class)
          .hasMessageContaining("loop.callSoon");
      EventLoop loop = EventLoop.current();
      Asyncio.createTask(Asyncio.toThread(() -> {
        loop.callSoon(() -> promise.complete("from there"));
        return null;
      }));
      assertThat(a.<String>await(promise)).isEqualTo("from there");
    });
  }

  @Test
  void stage_isGathered() {
    run(a -> {
      CompletableFuture<String> one = new CompletableFuture<>();
      EventLoop.current().callLater(SECOND, () -> one.complete("one"));
      assertThat(a.await(Asyncio.gather(Asyncio.wrapFuture(one), later(2, "two")))).containsExactly("one", "two");
      Awaitable<String> wait = Asyncio.wrapFuture(one);
      a.await(wait);
      assertThatThrownBy(() -> a.await(wait)).isInstanceOf(LoopStateException.class).hasMessageContaining("already awaited");
    });
  }

  @Test
  void timeoutOfAStage_cancelsIt() {
    run(a -> {
      CompletableFuture<String> never = new CompletableFuture<>();
      assertThatThrownBy(() -> a.await(Asyncio.timeout(SECOND, never))).isInstanceOf(AsyncTimeoutException.class);
      assertThat(never).isCancelled();
      assertThat(a.<String>await(Asyncio.timeout(SECOND, CompletableFuture.completedFuture("there")))).isEqualTo("there");
    });
  }

  @Test
  void shieldedStage_isNotCancelledWithTheTask() {
    run(a -> {
      CompletableFuture<String> slow = new CompletableFuture<>();
      Task<String> task = Asyncio.createTask(Asyncio.shield(slow));
      a.await(Asyncio.yieldNow());
      a.await(Asyncio.yieldNow());
      task.cancel();
      a.await(Asyncio.yieldNow());
      assertThat(slow).isNotDone();
      slow.complete("kept");
      a.await(ended(task));
      assertThat(task.result()).isEqualTo("kept");
    });
  }
}
