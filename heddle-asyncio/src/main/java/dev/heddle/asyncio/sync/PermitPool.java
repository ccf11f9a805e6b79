package dev.heddle.asyncio.sync;

import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.Semaphore;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.base.Check;
import dev.heddle.futures.Permit;
import org.jspecify.annotations.Nullable;

/** The state of a {@link Semaphore}: the number of free permits, and the tasks that wait for one in order. */
public final class PermitPool extends HeldPermit.Issuer {
  private final WaitQueue<Permit, Acquire> waiters = new WaitQueue<>();
  private int free;

  /** A pool with a number of free permits. */
  public PermitPool(int permits) {
    free = Check.notNegative(permits, "permits", "use at least 1 for tasks to get one");
  }

  /** See {@link Semaphore#acquire}. */
  public Awaitable<Permit> acquire() {
    return new Acquire(this);
  }

  /** See {@link Semaphore#tryAcquire}. */
  public @Nullable Permit tryAcquire() {
    checkInside("Semaphore.tryAcquire");
    if (free == 0) {
      return null;
    }
    free--;
    return new HeldPermit(this);
  }

  /** The number of free permits. */
  public int available() {
    return free;
  }

  @Override
  void release(HeldPermit permit) {
    Acquire next = waiters.poll();
    if (next == null) {
      free++;
    } else {
      next.task().wake(new HeldPermit(this));
    }
  }

  @Override
  public String toString() {
    return "<Semaphore " + free + " free, " + waiters.size() + " waiting>";
  }

  private static final class Acquire extends QueuedWait<Permit> {
    private final PermitPool pool;

    Acquire(PermitPool pool) {
      this.pool = pool;
    }

    @Override
    protected @Nullable Object begin(LoopTask<?> task) {
      claim(task);
      pool.enter(task);
      if (pool.free > 0) {
        pool.free--;
        return new HeldPermit(pool);
      }
      pool.waiters.add(this);
      return PENDING;
    }

    @Override
    public String toString() {
      return "waiting for a permit of a semaphore";
    }
  }
}
