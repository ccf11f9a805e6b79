package dev.heddle.queue;

import dev.heddle.queue.blocking.LockedQueue;
import dev.heddle.queue.blocking.Store;
import dev.heddle.testkit.Effort;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A bounded queue is linearizable: each operation happens at one moment, closing included. */
@Param(name = "item", gen = IntGen.class, conf = "1:4")
@Tag("lincheck")
public class ClosableQueueLincheckTest {
  private final ClosableQueue<Integer> queue = new LockedQueue<>(new Store.Fifo<>(), 2, 0);

  @Operation
  public String offer(@Param(name = "item") int item) {
    try {
      return queue.offer(item) ? "put" : "full";
    } catch (QueueClosedException e) {
      return "closed";
    }
  }

  @Operation
  public @Nullable String poll() {
    try {
      return String.valueOf(queue.poll());
    } catch (QueueClosedException e) {
      return "closed";
    }
  }

  @Operation
  public String taskDone() {
    try {
      queue.taskDone();
      return "done";
    } catch (IllegalStateException e) {
      return "too often";
    }
  }

  @Operation
  public long unfinished() {
    return queue.unfinished();
  }

  @Operation
  public int size() {
    return queue.size();
  }

  @Operation
  public void close() {
    queue.close();
  }

  @Operation
  public List<Integer> closeNow() {
    return queue.closeNow();
  }

  @Test
  void everyInterleaving_isLinearizable() {
    new ModelCheckingOptions()
        .iterations(6 * Effort.FACTOR)
        .invocationsPerIteration(200)
        .threads(3)
        .actorsPerThread(3)
        .check(getClass());
  }

  @Test
  void underStress_isLinearizable() {
    new StressOptions()
        .iterations(5 * Effort.FACTOR)
        .invocationsPerIteration(500)
        .threads(3)
        .actorsPerThread(3)
        .check(getClass());
  }
}
