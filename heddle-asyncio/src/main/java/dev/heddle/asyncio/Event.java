package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * A flag that tasks can wait for.
 *
 * <p>Confined to the loop's thread. Origin: {@code asyncio.Event}.
 */
public final class Event extends Confined {
  private final WaitList<Set> waiters = new WaitList<>();
  private boolean set;

  /** A flag that is not set. */
  public Event() {}

  /** Waits until it is set. */
  public Awaitable<@Nullable Void> await() {
    return new Set(this);
  }

  /** Sets it, and wakes all that wait; they go on even if it is cleared again before they run. */
  public void set() {
    checkInside("Event.set");
    set = true;
    for (Set next = waiters.poll(); next != null; next = waiters.poll()) {
      next.task().wake(null);
    }
  }

  /** Clears it. */
  public void clear() {
    checkInside("Event.clear");
    set = false;
  }

  /** Whether it is set. */
  public boolean isSet() {
    return set;
  }

  @Override
  public String toString() {
    return "<Event " + (set ? "set" : "not set, " + waiters.size() + " waiting") + ">";
  }

  private static final class Set extends Waiting<@Nullable Void> {
    private final Event event;

    Set(Event event) {
      this.event = event;
    }

    @Override
    @Nullable
    Object begin(Task<?> task) {
      claim(task);
      event.enter(task.loop);
      if (event.set) {
        return null;
      }
      event.waiters.add(this);
      return PENDING;
    }

    @Override
    public String toString() {
      return "waiting for an event";
    }
  }
}
