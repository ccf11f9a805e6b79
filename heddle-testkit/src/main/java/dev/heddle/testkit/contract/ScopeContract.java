package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Futures;
import dev.heddle.futures.MapOutcome;
import dev.heddle.futures.ScopeOptions;
import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.TaskScope;
import dev.heddle.futures.WaitInterruptedException;
import dev.heddle.futures.WaitTimeoutException;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Tally;
import dev.heddle.testkit.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of task scopes. */
public interface ScopeContract extends ExecutorContract {

  @Test
  default void scope_returnsWhatItsBodyReturns_andLeavesTheExecutorOpen() {
    try (Executor pool = newExecutor(2)) {
      int sum = TaskScope.call(pool, scope -> {
        Future<Integer> one = scope.submit(() -> 1);
        Future<Integer> two = scope.submit(() -> 2);
        return one.result() + two.result();
      });
      assertThat(sum).isEqualTo(3);
      assertThat(pool.submit(() -> "open").result()).isEqualTo("open");
    }
  }

  @Test
  default void scope_waitsForChildrenThatItsBodyDoesNotWaitFor() {
    try (Executor pool = newExecutor(2)) {
      Tally ended = newTally();
      TaskScope.run(pool, scope -> {
        for (int i = 0; i < 20; i++) {
          scope.submit(() -> ended.hit());
        }
      });
      assertThat(ended.count()).isEqualTo(20);
    }
  }

  @Test
  default void failureOfAChild_cancelsTheOthersAndTheBody() throws Exception {
    try (Executor pool = newExecutor(3); Gate never = newGate()) {
      List<Future<?>> children = new ArrayList<>();
      assertThatThrownBy(() -> TaskScope.run(pool, scope -> {
        Tally began = newTally();
        children.add(scope.submit(() -> blocked(never, began)));
        began.await(1);
        children.add(scope.submit(TaskOptions.named("broken"), () -> failing("on purpose")));
        children.getFirst().result();
      })).isInstanceOf(TaskFailedException.class)
          .hasMessageContaining("'broken'")
          .cause()
          .isInstanceOf(IOException.class)
          .hasMessage("on purpose");
      assertThat(children.getFirst().isCancelled()).isTrue();
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      Eventually.holds("nothing runs", () -> pool.stats().running() == 0);
    }
  }

  @Test
  default void failureOfAChild_thatTheBodyReads_isThrownOnce() {
    try (Executor pool = newExecutor(2)) {
      assertThatThrownBy(() -> TaskScope.call(pool, scope -> scope.submit(() -> failing("read")).result()))
          .isInstanceOf(TaskFailedException.class)
          .satisfies(thrown -> assertThat(thrown.getSuppressed()).isEmpty())
          .cause()
          .hasMessage("read");
    }
  }

  @Test
  default void failureOfTheBody_cancelsTheChildren_andIsThrownByItsType() throws Exception {
    try (Executor pool = newExecutor(2); Gate never = newGate()) {
      AtomicReference<@Nullable Future<?>> child = new AtomicReference<>();
      Tally began = newTally();
      try {
        TaskScope.run(pool, scope -> {
          child.set(scope.submit(() -> blocked(never, began)));
          began.await(1);
          throw new IOException("of the body");
        });
        throw new AssertionError("the block has not thrown");
      } catch (IOException e) {
        assertThat(e).hasMessage("of the body");
      }
      assertThat(child.get()).isNotNull().satisfies(each -> assertThat(each.isCancelled()).isTrue());
    }
  }

  @Test
  default void untilSuccess_firstResultCancelsTheOthers() throws Exception {
    try (Executor pool = newExecutor(3); Gate never = newGate()) {
      List<Future<Integer>> all = new ArrayList<>();
      int first = TaskScope.call(pool, ScopeOptions.untilSuccess(), scope -> {
        Tally began = newTally();
        all.add(scope.submit(() -> blocked(never, began)));
        began.await(1);
        all.add(scope.submit(() -> failing("does not count")));
        all.add(scope.submit(() -> 7));
        return Futures.firstResult(all);
      });
      assertThat(first).isEqualTo(7);
      assertThat(all.getFirst().isCancelled()).isTrue();
    }
  }

  @Test
  default void untilSuccess_childAfterTheFirstSuccess_isCancelledAtOnce() throws Exception {
    try (Executor pool = newExecutor(2); Gate never = newGate()) {
      int first = TaskScope.call(pool, ScopeOptions.untilSuccess(), scope -> {
        Future<Integer> quick = scope.submit(() -> 7);
        quick.result();
        Future<Integer> late = scope.submit(() -> {
          never.await();
          return 8;
        });
        assertThatThrownBy(late::result).isInstanceOf(CancellationException.class);
        return Futures.firstResult(List.of(quick, late));
      });
      assertThat(first).isEqualTo(7);
    }
  }

  @Test
  default void untilSuccess_noneSucceeds_throwsTheFirstFailure() {
    try (Executor pool = newExecutor(1)) {
      assertThatThrownBy(() -> TaskScope.run(pool, ScopeOptions.untilSuccess(), scope -> {
        assertThat(scope.submit(() -> failing("one")).exception()).hasMessage("one");
        scope.submit(() -> failing("two"));
      })).isInstanceOf(TaskFailedException.class)
          .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(1))
          .cause()
          .hasMessage("one");
    }
  }

  @Test
  default void untilAll_leavesFailuresToTheirReaders() {
    try (Executor pool = newExecutor(2)) {
      List<Boolean> failed = TaskScope.call(pool, ScopeOptions.untilAll(), scope -> {
        List<Future<Integer>> all = List.of(scope.submit(() -> failing("left")), scope.submit(() -> 1));
        return all.stream().map(each -> each.exception() != null).toList();
      });
      assertThat(failed).containsExactly(true, false);
    }
  }

  @Test
  default void timeout_endsTheBlockInTime() throws Exception {
    VirtualClock clock = new VirtualClock();
    try (Executor pool = newExecutor(2); Gate never = newGate()) {
      Tally began = newTally();
      Thread time = Thread.startVirtualThread(() -> {
        try {
          began.await(1);
          clock.advance(Duration.ofSeconds(3));
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      });
      ScopeOptions options = ScopeOptions.untilFailure().withTimeout(Duration.ofSeconds(3)).withTime(clock);
      assertThatThrownBy(() -> TaskScope.call(pool, options, scope -> scope.submit(() -> blocked(never, began)).result()))
          .isInstanceOf(WaitTimeoutException.class)
          .hasMessageContaining(
              "the block of a task scope did not finish within 3 s; its tasks were cancelled and have ended");
      time.join();
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      Eventually.holds("nothing runs", () -> pool.stats().running() == 0);
    }
  }

  @Test
  default void timeout_notReached_leavesNoTimer() {
    VirtualClock clock = new VirtualClock();
    try (Executor pool = newExecutor(1)) {
      ScopeOptions options = ScopeOptions.untilFailure().withTimeout(Duration.ofSeconds(3)).withTime(clock);
      assertThat(TaskScope.<Integer, RuntimeException>call(pool, options, scope -> scope.submit(() -> 1).result()))
          .isEqualTo(1);
      assertThat(clock.pending()).isZero();
    }
  }

  @Test
  default void interrupt_ofTheBlocksThread_cancelsTheChildren() throws Exception {
    try (Executor pool = newExecutor(2); Gate never = newGate()) {
      for (boolean inBody : new boolean[]{true, false}) {
        Tally began = newTally();
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        AtomicReference<@Nullable Future<?>> child = new AtomicReference<>();
        Thread block = Thread.ofPlatform().start(() -> {
          try {
            TaskScope.run(pool, scope -> {
              Future<Integer> task = scope.submit(() -> blocked(never, began));
              child.set(task);
              if (inBody) {
                task.result();
              }
            });
          } catch (Throwable e) {
            thrown.set(Thread.currentThread().isInterrupted() ? e : new AssertionError("the interrupt is lost", e));
          }
        });
        began.await(1);
        block.interrupt();
        block.join();
        assertThat(thrown.get()).isInstanceOf(WaitInterruptedException.class);
        assertThat(child.get()).isNotNull().satisfies(each -> assertThat(each.isCancelled()).isTrue());
      }
    }
  }

  @Test
  default void nested_outerScopeCancelsTheInnerOnesChildren() throws Exception {
    try (Executor pool = newExecutor(3); Gate never = newGate()) {
      List<Future<?>> inner = new ArrayList<>();
      assertThatThrownBy(() -> TaskScope.run(pool, outer -> TaskScope.run(outer, scope -> {
        Tally began = newTally();
        inner.add(scope.submit(() -> blocked(never, began)));
        began.await(1);
        outer.submit(() -> failing("of the outer scope"));
        inner.getFirst().result();
      }))).isInstanceOf(TaskFailedException.class).cause().hasMessage("of the outer scope");
      assertThat(inner.getFirst().isCancelled()).isTrue();
    }
  }

  @Test
  default void nested_innerFailureThatIsCaught_leavesTheOuterScopeAlone() {
    try (Executor pool = newExecutor(2)) {
      int result = TaskScope.call(pool, outer -> {
        try {
          TaskScope.run(pool, inner -> {
            inner.submit(() -> failing("inner"));
          });
        } catch (TaskFailedException e) {
          return outer.submit(() -> 5).result();
        }
        return 0;
      });
      assertThat(result).isEqualTo(5);
    }
  }

  @Test
  default void map_inAScope_isEndedWithIt_andItsFailuresAreThoseOfItsReader() {
    try (Executor pool = newExecutor(2)) {
      List<Boolean> succeeded = TaskScope.call(pool,
          scope -> scope.mapOutcomes(n -> n == 1 ? failing("handled") : n, List.of(0, 1, 2)).map(MapOutcome::succeeded)
              .toList());
      assertThat(succeeded).containsExactly(true, false, true);
      List<Integer> taken = new ArrayList<>();
      TaskScope.run(pool, scope -> {
        for (int n : scope.map(each -> each, CountedSource.endless())) {
          taken.add(n);
          if (n == 3) {
            break;
          }
        }
      });
      assertThat(taken).containsExactly(0, 1, 2, 3);
    }
  }

  @Test
  default void invokeAllAndInvokeAny_runChildren() throws Exception {
    try (Executor pool = newExecutor(3); Gate never = newGate()) {
      Tally began = newTally();
      AtomicReference<@Nullable TaskScope> leaked = new AtomicReference<>();
      int any = TaskScope.<Integer, Exception>call(pool, scope -> {
        leaked.set(scope);
        List<TaskCallable<Integer>> tasks = List.of(() -> 3, () -> failing("of its caller"));
        assertThat(scope.invokeAll(tasks)).extracting(java.util.concurrent.Future::state)
            .containsExactly(java.util.concurrent.Future.State.SUCCESS, java.util.concurrent.Future.State.FAILED);
        List<TaskCallable<Integer>> anyOf = List.of(() -> failing("does not count"), () -> 7);
        return scope.invokeAny(anyOf);
      });
      assertThat(any).isEqualTo(7);
      List<TaskCallable<Integer>> one = List.of(() -> 1);
      assertThat(leaked.get()).isNotNull().satisfies(scope -> {
        assertThatThrownBy(() -> scope.invokeAll(one)).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> scope.invokeAny(one)).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> scope.invokeAll(one, 1, TimeUnit.MINUTES)).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> scope.invokeAny(one, 1, TimeUnit.MINUTES)).isInstanceOf(RejectedExecutionException.class);
      });
      assertThatThrownBy(() -> TaskScope.<@Nullable Void, Exception>call(pool, scope -> {
        scope.submit(() -> {
          began.await(1);
          return failing("ends the block");
        });
        List<TaskCallable<Integer>> blocked = List.of(() -> blocked(never, began));
        scope.invokeAny(blocked);
        return null;
      })).isInstanceOf(TaskFailedException.class).cause().hasMessage("ends the block");
      Eventually.holds("nothing runs", () -> pool.stats().running() == 0);
    }
  }

  @Test
  default void use_afterItsEnd_isRejected() {
    try (Executor pool = newExecutor(1)) {
      AtomicReference<@Nullable TaskScope> leaked = new AtomicReference<>();
      TaskScope.run(pool, leaked::set);
      assertThat(leaked.get()).isNotNull().satisfies(scope -> {
        assertThatThrownBy(() -> scope.submit(() -> 1))
            .isInstanceOf(RejectedExecutionException.class)
            .hasMessageContaining(
                "this task scope has ended with its block and accepts no more tasks; submit within the block");
        assertThatThrownBy(() -> scope.map(n -> n, List.of(1)).toList()).isInstanceOf(RejectedExecutionException.class);
        assertThat(scope.isTerminated()).isTrue();
      });
      assertThat(pool.submit(() -> 2).result()).isEqualTo(2);
    }
  }

  @Test
  default void use_afterAFailure_isRejectedWithTheReason() {
    try (Executor pool = newExecutor(1)) {
      assertThatThrownBy(() -> TaskScope.run(pool, scope -> {
        Future<?> failed = scope.submit(TaskOptions.named("first"), () -> failing("why"));
        try {
          failed.result();
        } catch (TaskFailedException | WaitInterruptedException e) {
          Thread.interrupted();
        }
        Eventually.holds("the scope is cancelled", scope::isShutdown);
        scope.submit(() -> 1);
      })).isInstanceOf(TaskFailedException.class)
          .satisfies(thrown -> assertThat(thrown.getSuppressed()).singleElement()
              .isInstanceOf(RejectedExecutionException.class))
          .cause()
          .hasMessage("why");
    }
  }

  @Test
  default void shutdownNow_cancelsTheChildrenOnly() throws Exception {
    try (Executor pool = newExecutor(2); Gate never = newGate()) {
      Tally began = newTally();
      assertThatThrownBy(() -> TaskScope.call(pool, scope -> {
        Future<Integer> child = scope.submit(() -> blocked(never, began));
        began.await(1);
        scope.shutdownNow();
        return child.result();
      })).isInstanceOf(CancellationException.class);
      assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
    }
  }

  private static int failing(String message) throws IOException {
    throw new IOException(message);
  }

  private static int blocked(Gate release, Tally began) throws InterruptedException {
    began.hit();
    release.await();
    return 0;
  }
}
