package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Executor;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.Retry;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.ThreadPool;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Calls on a Heddle executor, and their treatment when the wait is cancelled. */
class ExecutorCallTest extends LoopContract {
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Async.of(body);
  }

  /** Ignores its interrupt until it is released. */
  private String stubborn() {
    begun.countDown();
    while (true) {
      try {
        go.await();
        return "finished";
      } catch (InterruptedException e) {
        log.add("interrupted");
      }
    }
  }

  @Test
  void cancel_ofARunningCall_interruptsItAndWaitsForItsEnd() {
    AtomicBoolean ended = new AtomicBoolean();
    try (Executor pool = ThreadPool.of(1)) {
      run(
          a -> {
            Task<String> task = Asyncio.createTask(async(b -> b.await(Asyncio.runInExecutor(pool, () -> {
              begun.countDown();
              try {
                go.await();
              } finally {
                ended.set(true);
              }
              return "";
            }))));
            a.await(reached(begun));
            task.cancel();
            a.await(ended(task));
            assertThat(task.isCancelled()).isTrue();
            assertThat(ended).as("the call has ended with the wait").isTrue();
            return null;
          });
    }
  }

  @Test
  void cancel_ofACallThatFinishesAllTheSame_resultIsDelivered_andTheCancellationNext() {
    try (Executor pool = ThreadPool.of(1)) {
      run(
          a -> {
            Task<String> task = Asyncio.createTask(async(b -> {
              log.add(b.await(Asyncio.runInExecutor(pool, this::stubborn)));
              b.await(Asyncio.yieldNow());
              return "not reached";
            }));
            a.await(reached(begun));
            task.cancel();
            a.await(Asyncio.yieldNow());
            assertThat(task.isDone()).isFalse();
            assertThat(task.toString()).contains("cancelled call");
            task.cancel();
            go.countDown();
            a.await(ended(task));
            assertThat(task.isCancelled()).isTrue();
            return null;
          });
    }
    assertThat(log).containsExactly("interrupted", "finished");
  }

  @Test
  void cancel_beforeTheCallBegins_itNeverRuns_andNoTaskWaits() {
    AtomicBoolean ran = new AtomicBoolean();
    try (Executor pool = ThreadPool.of(1)) {
      run(
          a -> {
            Task<String> first = Asyncio.createTask(async(b -> b.await(Asyncio.runInExecutor(pool, this::stubborn))));
            a.await(reached(begun));
            Task<Boolean> second = Asyncio
                .createTask(async(b -> b.await(Asyncio.runInExecutor(pool, () -> ran.getAndSet(true)))));
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
  void retries_ofTheExecutor_callItAgain() {
    AtomicInteger calls = new AtomicInteger();
    PoolOptions options = PoolOptions.defaults().withTasks(TaskOptions.defaults().withRetry(Retry.times(3)));
    try (Executor pool = ThreadPool.of(1, options)) {
      int result = run(a -> a.await(Asyncio.runInExecutor(pool, () -> {
        if (calls.incrementAndGet() < 3) {
          throw new IOException("not yet");
        }
        return calls.get();
      })));
      assertThat(result).isEqualTo(3);
    }
  }
}
