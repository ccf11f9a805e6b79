package dev.heddle.futures.group;

import dev.heddle.futures.Effort;
import dev.heddle.futures.Future;
import dev.heddle.futures.core.CoreFuture;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The queue behind asCompleted is a linearizable queue for many adders and one taker. */
@Tag("lincheck")
public class CompletionQueueLincheckTest {
  private static final CoreFuture<?>[] FUTURES = new CoreFuture<?>[8];

  static {
    for (int i = 0; i < FUTURES.length; i++) {
      FUTURES[i] = (CoreFuture<?>) Future.from(CompletableFuture.completedFuture(i));
    }
  }

  private final CompletionQueue queue = new CompletionQueue();

  @Operation
  public void add(@Param(gen = IntGen.class, conf = "0:7") int which) {
    queue.expect(FUTURES[which], which);
  }

  @Operation(nonParallelGroup = "taker")
  public @Nullable Integer poll() {
    CompletionQueue.Arrival arrival = queue.poll();
    return arrival == null ? null : (Integer) arrival.future().resultNow();
  }

  @Test
  void everyInterleaving_isLinearizable() {
    new ModelCheckingOptions()
        .iterations(12 * Effort.FACTOR)
        .invocationsPerIteration(500)
        .threads(3)
        .actorsPerThread(3)
        .actorsBefore(2)
        .actorsAfter(2)
        .check(getClass());
  }

  @Test
  void underStress_isLinearizable() {
    new StressOptions()
        .iterations(10 * Effort.FACTOR)
        .invocationsPerIteration(1_000)
        .threads(3)
        .actorsPerThread(3)
        .check(getClass());
  }
}
