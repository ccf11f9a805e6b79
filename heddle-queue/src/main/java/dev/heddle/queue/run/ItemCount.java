package dev.heddle.queue.run;

import dev.heddle.queue.PipelineProgress;
import java.util.List;
import java.util.OptionalLong;

/** Counts the items of a run's sources: how many there are in all, and how many have gone through. */
final class ItemCount {
  private final List<NodeRun> nodes;
  private final OptionalLong total;

  /** Asks the sources, unless the number is given. */
  ItemCount(List<NodeRun> nodes, OptionalLong given) {
    this.nodes = nodes;
    this.total = given.isPresent() ? given : sum(nodes);
  }

  private static OptionalLong sum(List<NodeRun> nodes) {
    long sum = 0;
    for (NodeRun node : nodes) {
      if (node instanceof SourceRun source) {
        OptionalLong size = source.size();
        if (size.isEmpty()) {
          return size;
        }
        sum += size.getAsLong();
      }
    }
    return OptionalLong.of(sum);
  }

  OptionalLong total() {
    return total;
  }

  /**
   * Returns how many of the sources' items are done. Stages may make one item of many, and many of one, so it is the part of
   * what has come to the stage that is furthest behind.
   */
  long done(List<PipelineProgress.Stage> stages) {
    long handedOut = 0;
    double part = 1;
    for (int i = 0; i < nodes.size(); i++) {
      PipelineProgress.Stage stage = stages.get(i);
      if (nodes.get(i) instanceof SourceRun) {
        handedOut += stage.in();
      } else if (stage.in() + stage.waiting() > 0) {
        part = Math.min(part, Math.max(0, stage.in() - stage.busy()) / (double) (stage.in() + stage.waiting()));
      }
    }
    return (long) (handedOut * part);
  }
}
