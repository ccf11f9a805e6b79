package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Executor;
import dev.heddle.futures.MapOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorCompletionService;
import org.junit.jupiter.api.Test;

/**
 * The contract of engines in this JVM beyond that of all engines: the JDK's own futures, which cannot be sent elsewhere, run
 * on them, and a {@code map} goes no further ahead than it needs to keep threads busy.
 */
public interface LocalBridgeContract extends ExecutorContract {

  @Test
  default void toCompletableFuture_chainsOnThePoolItself() throws Exception {
    try (Executor pool = newExecutor(1)) {
      assertThat(pool.submit(() -> 20).toCompletableFuture().thenApplyAsync(n -> n + 1, pool).thenApply(n -> n * 2).get())
          .isEqualTo(42);
    }
  }

  @Test
  default void completableFuture_runsOnIt() throws Exception {
    try (Executor pool = newExecutor(2)) {
      assertThat(CompletableFuture.supplyAsync(() -> 20, pool).thenApplyAsync(n -> n + 1, pool).get()).isEqualTo(21);
      assertThat(pool.stats().submitted()).isEqualTo(2);
    }
  }

  @Test
  default void completionService_runsOnIt() throws Exception {
    try (Executor pool = newExecutor(2)) {
      ExecutorCompletionService<Integer> service = new ExecutorCompletionService<>(pool);
      for (int i = 0; i < 10; i++) {
        int n = i;
        service.submit(() -> n);
      }
      int sum = 0;
      for (int i = 0; i < 10; i++) {
        sum += service.take().get();
      }
      assertThat(sum).isEqualTo(45);
    }
  }

  @Test
  default void map_defaultBound_isTwiceTheParallelismOrTwoHundredAndFiftySix() {
    try (Executor pool = newExecutor(3)) {
      CountedSource source = CountedSource.endless();
      pool.map(n -> n, source).close();
      assertThat(source.taken()).isIn(6, 256);
      CountedSource chunked = CountedSource.endless();
      pool.map(MapOptions.defaults().withChunkSize(10), n -> n, chunked).close();
      assertThat(chunked.taken()).isIn(60, 2_560);
    }
  }
}
