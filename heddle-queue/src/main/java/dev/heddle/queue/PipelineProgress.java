package dev.heddle.queue;

import java.time.Duration;
import java.util.List;

/**
 * The progress of a pipeline at one moment.
 *
 * @param elapsed the time since its start
 * @param stages from the source to the sink
 */
public record PipelineProgress(Duration elapsed, List<Stage> stages) {
  /** Copies the list. */
  public PipelineProgress {
    stages = List.copyOf(stages);
  }

  /**
   * The progress of a stage.
   *
   * @param name the stage's name
   * @param waiting how many items are in its input queue
   * @param workers how many workers it has
   * @param busy how many of them are processing an item
   * @param in how many items it has taken, the failed included
   * @param out how many items it has handed on
   * @param failed how many items have failed in it
   */
  public record Stage(String name, int waiting, int workers, int busy, long in, long out, long failed) {}
}
