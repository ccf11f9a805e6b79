package dev.heddle.asyncio;

import dev.heddle.base.Check;
import org.jspecify.annotations.Nullable;

/**
 * A number of permits, of which each task that acquires one has it until it closes it.
 *
 * <p>First come, first served, also for those who come while permits are free and others still wait. A task that is cancelled
 * while it waits leaves the queue; one that has been given a permit already gets it, and the cancellation at its next await.
 *
 * <p>Confined to the loop's thread. Origin: {@code asyncio.BoundedSemaphore}: a permit is given back once at the most.
 */
public final class Semaphore extends Permit.Releasing {
  private final WaitList<Acquire> waiters = new WaitList<>();
  private int free;

  /** A semaphore with a number of permits; zero or more. */
  public Semaphore(int permits) {
    free = Check.notNegative(permits, "permits", "use at least 1 for tasks to get one");
  }

  /** Waits for a permit and takes it. */
  public Awaitable<Permit> acquire() {
    return new Acquire(this);
  }

  /** How many permits nobody has. */
  public int available() {
    return free;
  }

  @Override
  void release(Permit permit) {
    Acquire next = waiters.poll();
    if (next == null) {
      free++;
    } else {
      next.task().wake(new Permit(this));
    }
  }

  @Override
  public String toString() {
    return "<Semaphore " + free + " free, " + waiters.size() + " waiting>";
  }

  private static final class Acquire extends Waiting<Permit> {
    private final Semaphore semaphore;

    Acquire(Semaphore semaphore) {
      this.semaphore = semaphore;
    }

    @Override
    @Nullable
    Object begin(Task<?> task) {
      claim(task);
      semaphore.enter(task.loop);
      if (semaphore.free > 0) {
        semaphore.free--;
        return new Permit(semaphore);
      }
      semaphore.waiters.add(this);
      return PENDING;
    }

    @Override
    public String toString() {
      return "waiting for a permit of a semaphore";
    }
  }
}
