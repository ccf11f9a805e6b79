package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Future;
import dev.heddle.testkit.Bounded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That a thread which uses a pool near the end of its stack harms neither the pool nor other tasks. */
@Bounded(seconds = 120)
class DeepRecursionTest {
  private static final int LEVELS = 300; // from the deepest one up

  private final List<Future<Integer>> submitted = new ArrayList<>();
  private int refused;
  private int levels;

  /** Descends until the stack is used up, and uses the pool on each of the deepest levels. */
  private void descend(ProcessExecutor pool) {
    try {
      descend(pool);
    } catch (StackOverflowError e) {
      // the deepest level
    }
    if (++levels > LEVELS) {
      return;
    }
    try {
      Future<Integer> future = pool.submit(() -> 1);
      submitted.add(future);
      if (levels % 2 == 0) {
        future.exception(Duration.ofSeconds(30)); // reads what workers send
      }
    } catch (StackOverflowError e) {
      refused++;
    }
  }

  @Test
  void submit_nearTheEndOfTheStack_failsThereOrWorks() throws InterruptedException {
    try (ProcessExecutor pool = ProcessPool.of(1)) {
      for (int i = 0; i < 300; i++) { // so that it is known that tasks are short here, and waiting threads help
        pool.submit(() -> 1).result();
      }
      Thread deep = new Thread(null, () -> descend(pool), "deep", 1 << 19);
      deep.start();
      deep.join();
      assertThat(refused).as("without stack").isPositive();
      assertThat(submitted).isNotEmpty();
      for (Future<Integer> each : submitted) {
        Throwable failure = each.exception(Duration.ofSeconds(30));
        assertThat(failure == null || failure instanceof StackOverflowError || failure instanceof ProcessException)
            .as("%s", failure)
            .isTrue();
      }
      assertThat(pool.submit(() -> 2).result(Duration.ofSeconds(30))).isEqualTo(2);
    }
  }
}
