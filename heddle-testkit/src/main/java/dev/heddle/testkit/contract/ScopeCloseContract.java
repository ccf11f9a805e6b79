package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.ScopeOptions;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.TaskScope;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Tally;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of scopes that are closed in their block, and of two blocks on one thread that end together. */
public interface ScopeCloseContract extends ExecutorContract {

  @Test
  default void nested_bothScopesInterruptTheThread_outerInterruptIsKept() {
    try (Executor pool = newExecutor(2)) {
      AtomicReference<@Nullable String> seen = new AtomicReference<>();
      assertThatThrownBy(() -> TaskScope.run(pool, outer -> {
        try {
          TaskScope.run(pool, inner -> {
            inner.submit(() -> failing("inner"));
            awaitInterrupt();
            outer.submit(() -> failing("outer"));
            awaitInterrupt();
            Thread.currentThread().interrupt(); // as the second one is not taken
          });
        } catch (TaskFailedException e) {
          seen.set(String.valueOf(e.getCause()) + Thread.currentThread().isInterrupted());
        }
      })).isInstanceOf(TaskFailedException.class).cause().hasMessage("outer");
      assertThat(seen.get()).isEqualTo("java.io.IOException: innertrue");
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  /** Takes the interrupt of a scope. */
  private static void awaitInterrupt() {
    while (!Thread.interrupted()) {
      Thread.onSpinWait();
    }
  }

  @Test
  default void close_inTheBody_waitsForTheChildrenAndRefusesMore() throws Exception {
    try (Executor pool = newExecutor(2); Gate gate = newGate()) {
      Tally began = newTally();
      TaskScope.run(pool, ScopeOptions.untilAll(), scope -> {
        Future<Integer> child = scope.submit(() -> blocked(gate, began));
        began.await(1);
        scope.submit(() -> 1);
        gate.open();
        scope.close();
        assertThat(child.isDone()).isTrue();
        assertThat(scope.isTerminated()).isTrue();
        assertThatThrownBy(() -> scope.submit(() -> 1)).isInstanceOf(RejectedExecutionException.class)
            .hasMessageContaining("was shut down");
      });
    }
  }

  @Test
  default void close_interrupted_cancelsTheChildrenAndKeepsTheInterrupt() throws Exception {
    try (Executor pool = newExecutor(2); Gate never = newGate()) {
      Tally began = newTally();
      AtomicReference<@Nullable Future<?>> child = new AtomicReference<>();
      TaskScope.run(pool, ScopeOptions.untilAll(), scope -> {
        child.set(scope.submit(() -> blocked(never, began)));
        began.await(1);
        Thread.currentThread().interrupt();
        scope.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(scope.isTerminated()).isTrue();
      });
      assertThat(child.get()).isNotNull().satisfies(each -> assertThat(each.isCancelled()).isTrue());
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
