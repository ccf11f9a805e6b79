package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Future;
import dev.heddle.testkit.Bounded;
import org.junit.jupiter.api.Test;

/** That a task whose workers end before they can begin it is given up once, and does not take one worker after the other along. */
@Bounded(seconds = 120)
class PoisonTest {

  @Test
  void task_tooLargeForItsWorker_failsAfterThreeCrashes() {
    ProcessOptions options = ProcessOptions.defaults().withJvm(jvm -> jvm.withHeap(64L << 20))
        .withOutput(OutputListener.dropping());
    try (ProcessExecutor pool = ProcessPool.of(1, options)) {
      String large = "x".repeat(100_000_000);
      Future<Integer> poison = pool.submit(() -> large.length());
      Future<Integer> next = pool.submit(() -> 1);
      assertThat(poison.exception()).isInstanceOf(WorkerCrashedException.class).hasMessageContaining("had not begun");
      assertThat(next.result()).isEqualTo(1);
      assertThat(pool.restarts().crashed()).isEqualTo(3);
    }
  }
}
