package dev.heddle.futures.live;

/** An engine that can tell more of its workers and of what they run than {@code Engine} does. */
public interface LiveEngine {

  /**
   * Adds rows for its workers, if they are more than threads, and for the tasks under way.
   *
   * @param id the identity of the executor's row
   * @return the kind of its workers, in the plural: "threads", "processes"
   */
  String describe(LiveRows rows, String id);
}
