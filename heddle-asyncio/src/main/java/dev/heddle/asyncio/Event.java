package dev.heddle.asyncio;

import dev.heddle.asyncio.sync.Flag;
import org.jspecify.annotations.Nullable;

/**
 * A flag that tasks can wait for.
 *
 * <p>Confined to the loop's thread. Origin: {@code asyncio.Event}.
 */
public final class Event {
  private final Flag state = new Flag();

  /** An event that is not set. */
  public Event() {}

  /** Waits until it is set. */
  public Awaitable<@Nullable Void> await() {
    return state.await();
  }

  /** Sets it, and wakes all waiting tasks; they go on even if it is cleared before they run. */
  public void set() {
    state.set();
  }

  /** Clears it. */
  public void clear() {
    state.clear();
  }

  /** Whether it is set. */
  public boolean isSet() {
    return state.isSet();
  }

  @Override
  public String toString() {
    return state.toString();
  }
}
