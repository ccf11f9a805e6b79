package dev.heddle.asyncio.loop;

import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The inbox is a linearizable queue for many adders and one taker, also when it is closed meanwhile. */
@Param(name = "item", gen = IntGen.class, conf = "1:5")
@Tag("lincheck")
public class InboxLincheckTest {
  private static final int EFFORT = Integer.getInteger("heddle.effort", 1);

  /** A callback that can be told from others. */
  private record Item(int number) implements Runnable {
    @Override
    public void run() {}
  }

  private final Inbox inbox = new Inbox();

  @Operation
  public boolean add(@Param(name = "item") int number) {
    return inbox.add(new Item(number));
  }

  @Operation(nonParallelGroup = "loop")
  public List<Integer> drain() {
    List<Integer> taken = new ArrayList<>();
    inbox.drainTo(item -> taken.add(((Item) item).number()));
    return taken;
  }

  @Operation(nonParallelGroup = "loop")
  public List<Integer> close() {
    List<Integer> taken = new ArrayList<>();
    inbox.close(item -> taken.add(((Item) item).number()));
    return taken;
  }

  @Test
  void everyInterleaving_isLinearizable() {
    new ModelCheckingOptions()
        .iterations(12 * EFFORT)
        .invocationsPerIteration(500)
        .threads(3)
        .actorsPerThread(3)
        .actorsBefore(2)
        .actorsAfter(2)
        .check(getClass());
  }

  @Test
  void underStress_isLinearizable() {
    new StressOptions().iterations(10 * EFFORT).invocationsPerIteration(1_000).threads(3).actorsPerThread(3)
        .check(getClass());
  }
}
