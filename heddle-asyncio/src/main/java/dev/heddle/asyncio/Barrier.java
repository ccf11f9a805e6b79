package dev.heddle.asyncio;

import dev.heddle.asyncio.sync.Rounds;

/**
 * A barrier at which a number of tasks wait for each other; when the last has arrived, all go on, and the next round begins.
 *
 * <p>A task that is cancelled while it waits does not count as arrived.
 *
 * <p>Confined to the loop's thread. Origin: {@code asyncio.Barrier}.
 */
public final class Barrier {
  private final Rounds state;

  /** A barrier for a number of tasks; at least 1. */
  public Barrier(int parties) {
    state = new Rounds(parties);
  }

  /**
   * Waits until enough tasks have arrived.
   *
   * @return its value is the number of tasks that had arrived before, from 0; throws {@link BarrierBrokenException} if the
   *     barrier is aborted, or is reset meanwhile
   */
  public Awaitable<Integer> await() {
    return state.await();
  }

  /** Makes the waiting tasks fail, and all that arrive later, until it is reset. */
  public void abort() {
    state.abort();
  }

  /** Makes the waiting tasks fail, and begins a new round. */
  public void reset() {
    state.reset();
  }

  /** Returns the number of tasks that have arrived and wait. */
  public int waiting() {
    return state.waiting();
  }

  /** Whether it was aborted. */
  public boolean isAborted() {
    return state.isAborted();
  }

  @Override
  public String toString() {
    return state.toString();
  }
}
