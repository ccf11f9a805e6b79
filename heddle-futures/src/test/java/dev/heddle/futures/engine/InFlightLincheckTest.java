package dev.heddle.futures.engine;

import dev.heddle.futures.Effort;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nothing enters after the close, and the end is announced when the last one has left, not before. */
@Tag("lincheck")
public class InFlightLincheckTest {
  private volatile boolean drained;
  private final InFlight inFlight = new InFlight(() -> drained = true);

  @Operation
  public boolean enterAndExit() {
    if (inFlight.enter() == 0) {
      return false;
    }
    boolean early = drained;
    inFlight.exit();
    if (early) {
      throw new AssertionError("announced the end while something was under way");
    }
    return true;
  }

  @Operation
  public boolean close() {
    inFlight.close();
    return inFlight.isClosed();
  }

  @Test
  void everyInterleaving_isLinearizable() {
    new ModelCheckingOptions()
        .iterations(10 * Effort.FACTOR)
        .invocationsPerIteration(500)
        .threads(3)
        .actorsPerThread(3)
        .checkObstructionFreedom(true)
        .check(getClass());
  }
}
