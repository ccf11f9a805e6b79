package dev.heddle.futures.limit;

import dev.heddle.futures.Permit;
import dev.heddle.futures.core.RunningTask;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A limit on how many actions run at once. Thread-safe. */
public final class SlotLimit extends QueuedLimit {
  private static final ThreadLocal<Set<SlotLimit>> ASKED = ThreadLocal.withInitial(HashSet::new); // by this thread, for their holders

  private final int permits;
  private final Set<Slot> held = new HashSet<>();

  /** A limit of at least one permit, all of which are free. */
  public SlotLimit(int permits) {
    this.permits = permits;
  }

  private final class Slot implements Permit {
    private final PermitFuture.@Nullable Holder holder;

    Slot(PermitFuture.@Nullable Holder holder) {
      this.holder = holder;
    }

    @Override
    public void close() {
      if (underLock(() -> held.remove(this))) {
        serve();
      }
    }
  }

  @Override
  @Nullable
  Permit take(PermitFuture.@Nullable Holder holder) {
    if (held.size() == permits) {
      return null;
    }
    Slot slot = new Slot(holder);
    try {
      held.add(slot);
    } catch (Throwable e) { // out of memory for a larger table: it may have been added, and would be held for ever
      held.remove(slot);
      throw e;
    }
    return slot;
  }

  @Override
  boolean isUnused() {
    return held.isEmpty();
  }

  /** Returns those tasks; none if the search for them comes back here, from tasks that wait for permits of each other. */
  @Override
  public List<RunningTask> holders() {
    Set<SlotLimit> asked = ASKED.get();
    if (!asked.add(this)) {
      return List.of();
    }
    try {
      return heldUpBy();
    } finally {
      asked.remove(this);
      if (asked.isEmpty()) {
        ASKED.remove();
      }
    }
  }

  private List<RunningTask> heldUpBy() {
    List<Slot> slots = underLock(() -> held.size() < permits ? List.of() : List.copyOf(held));
    Set<RunningTask> tasks = new LinkedHashSet<>();
    for (Slot slot : slots) {
      List<RunningTask> one = slot.holder == null ? List.of() : slot.holder.heldUpBy();
      if (one.isEmpty()) {
        return List.of(); // it may be given back at any time
      }
      tasks.addAll(one);
    }
    return List.copyOf(tasks);
  }

  @Override
  public String toString() {
    return "<Limit of " + permits + " at once, " + underLock(held::size) + " held, " + waiting() + " waiting>";
  }
}
