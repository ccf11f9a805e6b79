package dev.heddle.queue.run;

import java.util.List;

/**
 * Finds out whether a run waits only for sources that ignore their interrupt: nothing that they may still hand out is taken,
 * so the run ends without them. For one thread.
 */
final class UnresponsiveSources {
  static final long LOOK_NANOS = 10_000_000;
  // counted, not timed: on a busy machine both the looks and the sources' ends come later
  private static final int LOOKS_OF_A_STOP = 10;
  private static final int LOOKS = 200; // a source may take its time for an item, and it should be closed when the run has ended

  private final List<NodeRun> nodes;
  private int looks;
  private long last;

  UnresponsiveSources(List<NodeRun> nodes) {
    this.nodes = nodes;
  }

  /** Returns whether all nodes that have not ended are sources that have not noticed their cancellation yet. */
  boolean areLeft() {
    boolean any = false;
    for (NodeRun node : nodes) {
      if (!node.isEnded()) {
        if (!(node instanceof SourceRun source) || !source.isUnresponsive()) {
          return false;
        }
        any = true;
      }
    }
    return any;
  }

  /**
   * Looks once more; returns whether they were the only ones for about a tenth of a second, if the run was stopped or has
   * failed, and otherwise, if it was cancelled or no more is wanted, for about two seconds.
   */
  boolean look(long now, boolean stopping) {
    if (!areLeft()) {
      looks = 0;
    } else if (looks == 0 || now - last >= LOOK_NANOS) {
      looks++;
      last = now;
    }
    return looks > (stopping ? LOOKS_OF_A_STOP : LOOKS);
  }

  /** Describes their threads. */
  List<String> threads() {
    return nodes.stream().filter(SourceRun.class::isInstance).filter(node -> !node.isEnded())
        .flatMap(node -> node.threads().stream()).map(StuckThreads::describe).toList();
  }
}
