package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.DeadlockException;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.TaskOptions;
import dev.heddle.testkit.Gate;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Tasks each of which waits for the next, and the last for the first. */
final class RingOfTasks {
  private final AtomicReferenceArray<@Nullable Future<String>> futures;
  private final Gate wired = Gate.local();

  /** The way in which one of them waits for the next. */
  @FunctionalInterface
  interface Way {
    String waitFor(Future<String> next) throws Exception;
  }

  RingOfTasks(int size) {
    futures = new AtomicReferenceArray<>(size);
  }

  /** Submits the task of a number, named {@code task-number}. It waits once the ring is complete. */
  void submit(int number, Executor pool, Way way) {
    futures.set(
        number,
        pool.submit(
            TaskOptions.named("task-" + number),
            () -> {
              wired.await();
              return way.waitFor(future((number + 1) % futures.length()));
            }));
  }

  /** Makes them wait for each other, after all were submitted. */
  void wire() {
    wired.open();
  }

  Future<String> future(int number) {
    Future<String> future = futures.get(number);
    if (future == null) {
      throw new AssertionError("task " + number + " of the ring was not submitted");
    }
    return future;
  }

  /** Asserts that each of them gets a deadlock exception with the whole cycle, beginning with itself. */
  void expectDeadlock() {
    int size = futures.length();
    for (int i = 0; i < size; i++) {
      Throwable failure = future(i).exception();
      assertThat(failure).as("task-%d of %d", i, size).isInstanceOf(DeadlockException.class);
      if (failure instanceof DeadlockException deadlock) {
        assertThat(deadlock.cycle()).hasSize(size);
        for (int step = 0; step < size; step++) {
          assertThat(deadlock.cycle().get(step)).isEqualTo("task-" + (i + step) % size);
        }
      }
    }
  }
}
