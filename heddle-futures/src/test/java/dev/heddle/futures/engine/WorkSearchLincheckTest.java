package dev.heddle.futures.engine;

import dev.heddle.futures.Effort;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Work that is added while a worker searches is taken by that worker, or its adder is told that none does. */
@Tag("lincheck")
public class WorkSearchLincheckTest {
  private final Queue<Integer> queue = new ConcurrentLinkedQueue<>();
  private final WorkSearch search = new WorkSearch();

  /** Adds work as the engine does, and runs the worker that would have to be called. */
  @Operation
  public void add() {
    queue.add(1);
    if (!search.isOn() && search.begin()) {
      takeAll();
    }
  }

  /** What a worker without work does. */
  @Operation
  public void idle() {
    if (search.begin()) {
      takeAll();
    }
  }

  private void takeAll() {
    queue.poll();
    search.end();
    while (!queue.isEmpty() && search.begin()) { // the next one, which is called by this one
      queue.poll();
      search.end();
    }
  }

  @Validate
  public void nothingIsLeft() {
    if (!queue.isEmpty()) {
      throw new AssertionError("work was left in the queue, and no worker is coming");
    }
  }

  @Test
  void everyInterleaving_leavesNoWork() {
    new ModelCheckingOptions()
        .iterations(5 * Effort.FACTOR)
        .invocationsPerIteration(300)
        .threads(3)
        .actorsPerThread(3)
        .check(getClass());
  }
}
