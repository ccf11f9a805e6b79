package dev.heddle.futures.core;

import dev.heddle.futures.Effort;
import dev.heddle.futures.core.FutureState.Observer;
import dev.heddle.futures.core.FutureState.Removable;
import dev.heddle.futures.core.FutureState.Success;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Observers are taken out by marks, and left out later, by any thread: those that stay are notified exactly once, those taken out
 * never make up more than half of the list, whatever the interleaving.
 */
@Tag("lincheck")
public class ForgottenObserversLincheckTest {

  private static final class Bare extends CoreFuture<Integer> {
    @Override
    public String name() {
      return "bare";
    }

    @Override
    protected void stopRunning() {}
  }

  private static final class Told implements Removable {
    private final AtomicInteger times = new AtomicInteger();
    private volatile boolean forgotten;

    @Override
    public void done(CoreFuture<?> future) {
      times.incrementAndGet();
    }

    @Override
    public void markForgotten() {
      forgotten = true;
    }

    @Override
    public boolean isForgotten() {
      return forgotten;
    }
  }

  private final Bare future = new Bare();
  private final Queue<Told> kept = new ConcurrentLinkedQueue<>();

  @Operation
  public boolean keep() {
    Told told = new Told();
    boolean observes = future.observe(told);
    if (observes) {
      kept.add(told);
    }
    return observes;
  }

  @Operation
  public boolean waitAndGiveUp() {
    Told told = new Told();
    boolean observes = future.observe(told);
    future.forget(told);
    return observes;
  }

  /** Seldom completes it: the list of a future that is done cannot be checked any more. */
  @Operation
  public boolean complete(@Param(gen = IntGen.class, conf = "1:12") int number) {
    return number == 1 && future.complete(new Success(1));
  }

  @Operation
  public boolean markRunning() {
    return future.markRunning();
  }

  @Validate
  public void keptOnesAreNotified_andForgottenOnesAreTheMinority() {
    int expected = future.isDone() ? 1 : 0;
    for (Told each : kept) {
      check(each.times.get() == expected, "notified " + each.times + " times instead of " + expected);
    }
    int all = 0;
    int forgotten = 0;
    @Nullable
    Observer rest = future.observers();
    while (rest != null) {
      boolean several = rest instanceof Observers;
      Observer each = rest instanceof Observers(var latest, _, _) ? latest : rest;
      all++;
      forgotten += each.isForgotten() ? 1 : 0;
      rest = several ? ((Observers) rest).earlier() : null;
    }
    check(all == Observers.count(future.observers()), "the size is wrong");
    check(2 * forgotten < all || all == 0, forgotten + " of " + all + " are forgotten");
    check(future.isDone() || all - forgotten == kept.size(), all - forgotten + " instead of " + kept.size() + " are kept");
  }

  private static void check(boolean condition, String what) {
    if (!condition) {
      throw new IllegalStateException(what);
    }
  }

  @Test
  void everyInterleaving_isLinearizable() {
    new ModelCheckingOptions()
        .iterations(15 * Effort.FACTOR)
        .invocationsPerIteration(500)
        .threads(3)
        .actorsPerThread(2)
        .actorsBefore(4)
        .checkObstructionFreedom(true)
        .check(getClass());
  }

  @Test
  void underStress_isLinearizable() {
    new StressOptions()
        .iterations(10 * Effort.FACTOR)
        .invocationsPerIteration(1_000)
        .threads(3)
        .actorsPerThread(4)
        .actorsBefore(3)
        .check(getClass());
  }
}
