package dev.heddle.asyncio;

import dev.heddle.asyncio.sync.PermitPool;
import dev.heddle.futures.Permit;
import org.jspecify.annotations.Nullable;

/**
 * A number of permits; each task that acquires one has it until it closes it.
 *
 * <p>First come, first served. A task that is cancelled while it waits leaves the queue; a task that has been given a permit
 * already gets it, and the cancellation at its next await.
 *
 * <p>Confined to the loop's thread. Origin: {@code asyncio.BoundedSemaphore}: a permit is released once at most.
 */
public final class Semaphore {
  private final PermitPool state;

  /** A semaphore with a number of permits; zero or more. */
  public Semaphore(int permits) {
    state = new PermitPool(permits);
  }

  /** Waits for a permit and takes it. */
  public Awaitable<Permit> acquire() {
    return state.acquire();
  }

  /**
   * Takes a permit if one is free; does not wait.
   *
   * @return null if none is free
   */
  public @Nullable Permit tryAcquire() {
    return state.tryAcquire();
  }

  /** Returns the number of free permits. */
  public int available() {
    return state.available();
  }

  @Override
  public String toString() {
    return state.toString();
  }
}
