package dev.heddle.asyncio;

import dev.heddle.base.Check;
import org.jspecify.annotations.Nullable;

/**
 * A place where a number of tasks wait for each other; when the last has come, all go on, and the next round begins.
 *
 * <p>A task that is cancelled while it waits has not come.
 *
 * <p>Confined to the loop's thread. Origin: {@code asyncio.Barrier}.
 */
public final class Barrier extends Confined {
  private final int parties;
  private final WaitList<Arrival> waiters = new WaitList<>();
  private boolean aborted;

  /** A barrier for a number of tasks; at least 1. */
  public Barrier(int parties) {
    this.parties = Check.positive(parties, "parties", "that many tasks have to come before all go on");
  }

  /**
   * Waits until enough tasks have come.
   *
   * @return its value is the number of tasks that had come before, from 0; throws {@link BarrierBrokenException} if the barrier
   *     is or gets aborted, or is reset meanwhile
   */
  public Awaitable<Integer> await() {
    return new Arrival(this);
  }

  /** Makes those who wait, and all who come, fail, until it is reset. */
  public void abort() {
    checkInside("Barrier.abort");
    aborted = true;
    breakWaits("the barrier was aborted; reset() makes it usable again");
  }

  /** Makes those who wait fail, and begins a new round. */
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

  /** How many tasks have come and wait. */
  public int waiting() {
    return waiters.size();
  }

  /** Whether it was aborted. */
  public boolean isAborted() {
    return aborted;
  }

  @Override
  public String toString() {
    return "<Barrier " + (aborted ? "aborted" : waiters.size() + " of " + parties + " have come") + ">";
  }

  private static final class Arrival extends Waiting<Integer> {
    private final Barrier barrier;

    Arrival(Barrier barrier) {
      this.barrier = barrier;
    }

    @Override
    @Nullable
    Object begin(Task<?> task) {
      claim(task);
      barrier.enter(task.loop);
      if (barrier.aborted) {
        throw new BarrierBrokenException("the barrier was aborted; reset() makes it usable again");
      }
      if (barrier.waiters.size() + 1 < barrier.parties) {
        barrier.waiters.add(this);
        return PENDING;
      }
      int before = 0;
      for (Arrival next = barrier.waiters.poll(); next != null; next = barrier.waiters.poll()) {
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
