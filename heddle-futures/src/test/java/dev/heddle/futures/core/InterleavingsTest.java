package dev.heddle.futures.core;

import dev.heddle.futures.DeadlockException;
import dev.heddle.futures.Effort;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.ManualEngine;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.core.FutureState.Success;
import dev.heddle.futures.engine.WorkerEngine;
import dev.heddle.futures.engine.WorkerSetup;
import dev.heddle.futures.group.CompletionQueue;
import dev.heddle.futures.spi.Attempt;
import dev.heddle.futures.task.TaskFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The blocking parts under a model checker: it tries the orders of their steps and finds lost wake-ups and late interrupts. */
@Tag("lincheck")
class InterleavingsTest {
  private static final int INVOCATIONS = 80 * Effort.FACTOR;

  private static Thread started(Runnable body) {
    Thread thread = new Thread(body);
    thread.start();
    return thread;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void check(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError(what);
    }
  }

  /** Made outside of what is checked: that it is registered for the live view has effects that no interleaving repeats. */
  private final Executor executor = ManualEngine.executor();

  @Test
  void result_neverMissesTheCompletion() {
    Lincheck.runConcurrentTest(
        INVOCATIONS,
        () -> {
          TaskFuture<Integer> future = (TaskFuture<Integer>) executor.submit(() -> 1);
          Thread completer = started(() -> future.complete(new Success(7)));
          check(future.result() == 7, "wrong result");
          join(completer);
        });
  }

  @Test
  void asCompleted_neverMissesAnArrival() {
    Lincheck.runConcurrentTest(
        INVOCATIONS,
        () -> {
          TaskFuture<Integer> first = (TaskFuture<Integer>) executor.submit(() -> 1);
          TaskFuture<Integer> second = (TaskFuture<Integer>) executor.submit(() -> 2);
          CompletionQueue queue = new CompletionQueue();
          queue.expect(first, 1);
          queue.expect(second, 2);
          Thread one = started(() -> first.complete(new Success(1)));
          Thread two = started(() -> second.complete(new Success(2)));
          try {
            CompletionQueue.Arrival a = queue.take(Long.MAX_VALUE, Stream::empty);
            CompletionQueue.Arrival b = queue.take(Long.MAX_VALUE, Stream::empty);
            check(a != b, "the same future twice");
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          join(one);
          join(two);
        });
  }

  @Test
  void cancelWhileItBeginsOrRuns_leavesNoInterruptBehind() {
    Lincheck.runConcurrentTest(
        INVOCATIONS,
        () -> {
          TaskFuture<Integer> future = (TaskFuture<Integer>) executor.submit(() -> 1);
          AtomicInteger leftBehind = new AtomicInteger();
          Thread worker = started(
              () -> {
                Attempt attempt = future.begin();
                if (attempt != null) {
                  attempt.run();
                }
                if (Thread.currentThread().isInterrupted()) {
                  leftBehind.incrementAndGet();
                }
              });
          boolean cancelled = future.cancel(true);
          join(worker);
          check(cancelled == future.isCancelled(), "cancel answered " + cancelled + " but it is " + future);
          check(leftBehind.get() == 0, "the worker was interrupted after its task");
        });
  }

  @Test
  void cancelWhileItBegins_neverRunsUnstopped() {
    Lincheck.runConcurrentTest(
        INVOCATIONS,
        () -> {
          AtomicInteger uninterrupted = new AtomicInteger();
          boolean[] cancelReturned = new boolean[1];
          TaskFuture<Integer> future = (TaskFuture<Integer>) executor
              .submit(
                  () -> {
                    synchronized (cancelReturned) {
                      if (cancelReturned[0] && !Thread.currentThread().isInterrupted()) {
                        uninterrupted.incrementAndGet();
                      }
                    }
                    return 1;
                  });
          Thread worker = started(
              () -> {
                Attempt attempt = future.begin();
                if (attempt != null) {
                  attempt.run();
                }
              });
          boolean cancelled = future.cancel(true);
          synchronized (cancelReturned) {
            cancelReturned[0] = cancelled;
          }
          join(worker);
          check(uninterrupted.get() == 0, "a cancelled body ran on and was not told to end");
        });
  }

  @Test
  @Tag("long") // the checker gives an interleaving 10 s of the clock, which a busy machine may not have for this many steps
  void twoTasksThatCloseACycleAtOnce_areBothToldSo() {
    Lincheck.runConcurrentTest(
        25 * Effort.FACTOR,
        () -> {
          TaskFuture<?>[] tasks = new TaskFuture<?>[2];
          tasks[0] = (TaskFuture<?>) executor.submit(TaskOptions.named("a"), () -> tasks[1].result());
          tasks[1] = (TaskFuture<?>) executor.submit(TaskOptions.named("b"), () -> tasks[0].result());
          Thread other = started(() -> run(tasks[1]));
          run(tasks[0]);
          join(other);
          // The one that is told first may fail, and so free the other, before that one has come to wait.
          check(isDeadlock(tasks[0]) || isDeadlock(tasks[1]), "no deadlock seen: " + tasks[0] + " " + tasks[1]);
          check(tasks[0].failure() != null && tasks[1].failure() != null, "one went on");
        });
  }

  private static void run(TaskFuture<?> task) {
    Attempt attempt = task.begin();
    if (attempt != null) {
      attempt.run();
    }
  }

  private static boolean isDeadlock(TaskFuture<?> task) {
    return task.failure() instanceof DeadlockException;
  }

  @Test
  @Tag("long") // as above; a stress test tries the same on real threads
  void pool_runsEverythingItAccepts() {
    Lincheck.runConcurrentTest(
        25 * Effort.FACTOR,
        () -> {
          ThreadFactory threads = Thread::new;
          WorkerEngine engine = new WorkerEngine(1, 1, threads, WorkerSetup.NONE);
          Executor executor = Executor.on(engine, PoolOptions.named("checked"));
          Future<Integer> outer = executor.submit(() -> executor.submit(() -> 25).result());
          check(outer.result() == 25, "wrong result");
          executor.close();
        });
  }
}
