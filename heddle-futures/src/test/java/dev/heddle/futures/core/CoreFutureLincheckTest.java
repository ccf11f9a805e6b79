package dev.heddle.futures.core;

import dev.heddle.futures.Effort;
import dev.heddle.futures.core.FutureState.Success;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The future's state machine is linearizable: each transition happens at one moment, and every observer is notified once. */
@Tag("lincheck")
public class CoreFutureLincheckTest {

  /** A future that counts the calls of its hooks. */
  private static final class Bare extends CoreFuture<Integer> {
    final AtomicInteger endings = new AtomicInteger();
    final AtomicInteger stops = new AtomicInteger();

    @Override
    public String name() {
      return "bare";
    }

    @Override
    protected void ended(FutureState.Done outcome) {
      endings.incrementAndGet();
    }

    @Override
    protected void stopRunning() {
      stops.incrementAndGet();
    }
  }

  private final Bare future = new Bare();
  private final AtomicInteger told = new AtomicInteger();

  @Operation
  public boolean markRunning() {
    return future.markRunning();
  }

  @Operation
  public boolean markPending() {
    return future.markPending();
  }

  @Operation
  public boolean complete() {
    return future.complete(new Success(1));
  }

  @Operation
  public boolean abort() {
    return future.completeIfPending(new Success(2));
  }

  @Operation
  public boolean cancel() {
    return future.cancel(false);
  }

  @Operation
  public boolean cancelRunning() {
    return future.cancel(true);
  }

  @Operation
  public boolean observe() {
    return future.observe(done -> told.incrementAndGet());
  }

  @Operation
  public String status() {
    return future.status().name();
  }

  @Test
  void everyInterleaving_isLinearizable() {
    new ModelCheckingOptions()
        .iterations(15 * Effort.FACTOR)
        .invocationsPerIteration(500)
        .threads(3)
        .actorsPerThread(3)
        .checkObstructionFreedom(true)
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
