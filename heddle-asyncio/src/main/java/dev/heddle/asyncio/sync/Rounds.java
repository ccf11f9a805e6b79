package dev.heddle.asyncio.sync;

import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.Barrier;
import dev.heddle.asyncio.BarrierBrokenException;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.base.Check;
import org.jspecify.annotations.Nullable;

/** The state of a {@link Barrier}: the tasks that have arrived in this round. */
public final class Rounds extends LoopBound {
  private final int parties;
  private final WaitQueue<Integer, Arrival> waiters = new WaitQueue<>();
  private boolean aborted;

  /** Rounds for a number of tasks. */
  public Rounds(int parties) {
    this.parties = Check.positive(parties, "parties", "it is the number of tasks that must arrive before all go on");
  }

  /** See {@link Barrier#await}. */
  public Awaitable<Integer> await() {
    return new Arrival(this);
  }

  /** See {@link Barrier#abort}. */
  public void abort() {
    checkInside("Barrier.abort");
    aborted = true;
    breakWaits("the barrier was aborted; reset() makes it usable again");
  }

  /** See {@link Barrier#reset}. */
  public void reset() {
    checkInside("Barrier.reset");
    aborted = false;
    breakWaits("the barrier was reset");
  }

  private void breakWaits(String why) {
    for (Arrival next = waiters.poll(); next != null; next = waiters.poll()) {
      next.task().fail(new BarrierBrokenException(why));
    }
  }

  /** The number of tasks that have arrived and wait. */
  public int waiting() {
    return waiters.size();
  }

  /** Whether it was aborted. */
  public boolean isAborted() {
    return aborted;
  }

  @Override
  public String toString() {
    return "<Barrier " + (aborted ? "aborted" : waiters.size() + " of " + parties + " have arrived") + ">";
  }

  private static final class Arrival extends QueuedWait<Integer> {
    private final Rounds rounds;

    Arrival(Rounds rounds) {
      this.rounds = rounds;
    }

    @Override
    protected @Nullable Object begin(LoopTask<?> task) {
      claim(task);
      rounds.enter(task);
      if (rounds.aborted) {
        throw new BarrierBrokenException("the barrier was aborted; reset() makes it usable again");
      }
      if (rounds.waiters.size() + 1 < rounds.parties) {
        rounds.waiters.add(this);
        return PENDING;
      }
      int before = 0;
      for (Arrival next = rounds.waiters.poll(); next != null; next = rounds.waiters.poll()) {
        next.task().wake(before++);
      }
      return before;
    }

    @Override
    public String toString() {
      return "waiting at a barrier";
    }
  }
}
