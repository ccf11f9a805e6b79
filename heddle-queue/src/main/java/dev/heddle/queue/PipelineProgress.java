package dev.heddle.queue;

import java.time.Duration;
import java.util.List;

/**
 * How far a pipeline is.
 *
 * @param elapsed since its start
 * @param stages from the source to the sink
 */
public record PipelineProgress(Duration elapsed, List<Stage> stages) {

  /** Copies the list. */
  public PipelineProgress {
    stages = List.copyOf(stages);
  }

  /**
   * How far a stage is.
   *
   * @param name the stage's name
   * @param waiting how many items wait before it now
   * @param workers how many workers it has
   * @param busy how many of them are at work now
   * @param in how many items it has taken, the failed included
   * @param out how many items it has handed on
   * @param failed how many items have failed in it
   */
  public record Stage(String name, int waiting, int workers, int busy, long in, long out, long failed) {}
}
