package dev.heddle.cookbook;

import dev.heddle.timeline.Timeline;

/** A recipe that records when each of its parts ran. */
public interface RecordedRecipe {

  /**
   * Returns the timeline of its last run.
   *
   * @throws IllegalStateException if it has not run
   */
  Timeline timeline();
}
