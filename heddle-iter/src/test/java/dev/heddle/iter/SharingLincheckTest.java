package dev.heddle.iter;

import java.util.List;
import java.util.concurrent.CancellationException;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** serialize and concurrentTee are linearizable: short model checking on platform threads (see also SharingStressTest). */
@Timeout(240)
@Tag("lincheck")
class SharingLincheckTest {

  /** Next elements of one shared iterator, 0 when there are none. */
  public static class Serialized {
    private final Iter<Integer> shared = Itertools.serialize(Itertools.range(1, 6));

    @Operation
    public int next() {
      return shared.nextOr(0);
    }

    @Operation
    public boolean hasNext() {
      return shared.hasNext();
    }

    @Operation
    public void close() {
      shared.close();
    }
  }

  /** Next elements of three branches; one thread at a time uses a branch. */
  public static class Tee {
    private final List<Iter<Integer>> branches = Iter.from(Itertools.concurrentTee(Itertools.range(1, 4), 3))
        .map(Itertools::serialize).toList();

    @Operation
    public int first() {
      return branches.get(0).nextOr(0);
    }

    @Operation
    public int second() {
      return branches.get(1).nextOr(0);
    }

    @Operation
    public boolean thirdHasNext() {
      return branches.get(2).hasNext();
    }
  }

  /** Two branches; a thread that is interrupted before it reads the source takes nothing, and nothing is lost. */
  public static class InterruptedTee {
    private final List<Iter<Integer>> branches = Itertools.concurrentTee(Itertools.range(1, 4), 2);

    @Operation(nonParallelGroup = "first")
    public int first() {
      return branches.get(0).nextOr(0);
    }

    @Operation(nonParallelGroup = "first")
    public int firstInterrupted() {
      Thread.currentThread().interrupt();
      try {
        return first();
      } catch (CancellationException cancelled) {
        return -1;
      } finally {
        Thread.interrupted();
      }
    }

    @Operation(nonParallelGroup = "second")
    public int second() {
      return branches.get(1).nextOr(0);
    }
  }

  @Test
  void interruptedTee_modelChecking() {
    new ModelCheckingOptions()
        .iterations(4)
        .invocationsPerIteration(100)
        .threads(2)
        .actorsPerThread(3)
        .check(InterruptedTee.class);
  }

  @Test
  void serialize_modelChecking() {
    new ModelCheckingOptions()
        .iterations(4)
        .invocationsPerIteration(100)
        .threads(2)
        .actorsPerThread(3)
        .check(Serialized.class);
  }

  @Test
  void concurrentTee_modelChecking() {
    new ModelCheckingOptions()
        .iterations(4)
        .invocationsPerIteration(100)
        .threads(2)
        .actorsPerThread(3)
        .check(Tee.class);
  }
}
