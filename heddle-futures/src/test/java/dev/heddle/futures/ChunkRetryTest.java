package dev.heddle.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That a chunk of a map is tried again for what failed in it, not for how the chunk says so. */
@Timeout(60)
class ChunkRetryTest {

  @Test
  void chunk_thatFailsAfterSomeResults_showsTheFailureToThePredicate() {
    Queue<Throwable> shown = new ConcurrentLinkedQueue<>();
    Retry retry = Retry.times(3)
        .withDelay(Duration.ZERO)
        .when(
            failure -> {
              shown.add(failure);
              return failure instanceof IOException;
            });
    PoolOptions options = PoolOptions.defaults().withTasks(TaskOptions.defaults().withRetry(retry));
    AtomicInteger tries = new AtomicInteger();
    try (Executor pool = ThreadPool.of(1, options)) {
      List<Integer> results = pool.map(
          MapOptions.defaults().withChunkSize(3),
          (Integer n) -> {
            if (n == 2 && tries.incrementAndGet() < 3) {
              throw new IOException("try again");
            }
            return n;
          },
          List.of(0, 1, 2))
          .toList();
      assertThat(results).containsExactly(0, 1, 2);
    }
    assertThat(shown).hasSize(2).allMatch(IOException.class::isInstance);
  }
}
