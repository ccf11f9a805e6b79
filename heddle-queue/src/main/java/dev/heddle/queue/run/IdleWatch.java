package dev.heddle.queue.run;

import java.util.List;

/**
 * Finds out whether items are under way in a run that is being stopped. An item may be between two places at one look, so
 * several looks in a row have to find none, and none that has moved. For one thread.
 */
final class IdleWatch {
  private static final int LOOKS = 4;

  private final List<NodeRun> nodes;
  private int looks;
  private long movedBefore;

  IdleWatch(List<NodeRun> nodes) {
    this.nodes = nodes;
  }

  /** Looks once more; returns whether no item is under way. */
  boolean look() {
    boolean idle = true;
    long moved = 0;
    for (NodeRun node : nodes) {
      idle &= node.isIdle();
      moved += node.moved();
    }
    looks = idle && moved == movedBefore ? looks + 1 : 0;
    movedBefore = moved;
    return looks >= LOOKS;
  }
}
