package dev.heddle.queue;

import dev.heddle.base.ProgressText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The progress of a pipeline at one moment.
 *
 * @param elapsed the time since its start
 * @param total how many items the sources hand out in all; empty if {@link PipelineOptions#total} does not say so and a
 *     source is no collection
 * @param done how many of the sources' items have gone through all stages, about: items in queues and at work are not done
 * @param stages from the source to the sink
 * @param last whether the run has ended, so that no further report of it follows
 */
public record PipelineProgress(Duration elapsed, OptionalLong total, long done, List<Stage> stages, boolean last) {
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

  /** Returns how many items are {@linkplain #done done} in a second, on average since the start. */
  public double rate() {
    return ProgressText.rate(done, elapsed);
  }

  /**
   * Returns the time that the remaining items will take at the average rate until now. Empty if the total is unknown, or
   * nothing is done yet. A limit or a sink that wants no more may end the pipeline sooner.
   */
  public Optional<Duration> remaining() {
    return ProgressText.remaining(total, done, elapsed);
  }

  /** Returns one line, such as {@code 250 of 1000 (25 %), 125 per second, 6 s left}. */
  @Override
  public String toString() {
    return ProgressText.line(total, done, elapsed);
  }
}
