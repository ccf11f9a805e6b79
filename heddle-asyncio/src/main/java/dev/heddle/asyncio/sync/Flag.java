package dev.heddle.asyncio.sync;

import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.Event;
import dev.heddle.asyncio.task.LoopTask;
import org.jspecify.annotations.Nullable;

/** The state of an {@link Event}: whether it is set, and the tasks that wait for that. */
public final class Flag extends LoopBound {
  private final WaitQueue<@Nullable Void, SetWait> waiters = new WaitQueue<>();
  private boolean set;

  /** A flag that is not set. */
  public Flag() {}

  /** See {@link Event#await}. */
  public Awaitable<@Nullable Void> await() {
    return new SetWait(this);
  }

  /** See {@link Event#set}. */
  public void set() {
    checkInside("Event.set");
    set = true;
    for (SetWait next = waiters.poll(); next != null; next = waiters.poll()) {
      next.task().wake(null);
    }
  }

  /** See {@link Event#clear}. */
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

  private static final class SetWait extends QueuedWait<@Nullable Void> {
    private final Flag flag;

    SetWait(Flag flag) {
      this.flag = flag;
    }

    @Override
    protected @Nullable Object begin(LoopTask<?> task) {
      claim(task);
      flag.enter(task);
      if (flag.set) {
        return null;
      }
      flag.waiters.add(this);
      return PENDING;
    }

    @Override
    public String toString() {
      return "waiting for an event";
    }
  }
}
