package dev.heddle.asyncio.loop;

import java.util.LinkedHashSet;
import java.util.Set;

/** The work outside a loop that it waits for. Confined to the loop's thread. */
public final class ExternalWork {
  private final boolean virtualTime;
  private final Set<Idling> futures = new LinkedHashSet<>();
  private int work;
  private int stages;

  ExternalWork(boolean virtualTime) {
    this.virtualTime = virtualTime;
  }

  /** A wait for something that is work at one time, and a wait for anything at another. */
  @FunctionalInterface
  public interface Idling {
    /** Returns whether no work is under way for it now: any thread may end the wait, also a task of this loop. */
    boolean isIdle();
  }

  /** Work was handed to another thread: virtual time stands still until it is done. */
  public void workBegins() {
    work++;
  }

  /** Such work is done. */
  public void workEnds() {
    work--;
  }

  /** A task waits for a stage, which any thread may complete, also a task of this loop. */
  public void stageBegins() {
    stages++;
  }

  /** Such a wait is over. */
  public void stageEnds() {
    stages--;
  }

  /** A task waits for something that may be work: as {@link #workBegins} while it is, else as {@link #stageBegins}. */
  public void begins(Idling wait) {
    if (virtualTime) {
      futures.add(wait);
    } else {
      work++; // the difference matters in virtual time only
    }
  }

  /** Such a wait is over. */
  public void ends(Idling wait) {
    if (virtualTime) {
      futures.remove(wait);
    } else {
      work--;
    }
  }

  boolean isWorking() {
    return work > 0 || futures.stream().anyMatch(each -> !each.isIdle());
  }

  boolean isEmpty() {
    return work == 0 && stages == 0 && futures.isEmpty();
  }
}
