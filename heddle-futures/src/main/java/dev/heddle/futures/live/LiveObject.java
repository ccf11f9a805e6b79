package dev.heddle.futures.live;

/**
 * An executor, a pipeline or a loop that can be looked at from outside while it runs.
 *
 * <p>Both methods are called on a thread of the view, and only while a viewer is attached. They may wait for a lock: the view
 * does without this object if they take too long.
 */
public interface LiveObject {

  /** Called before {@link #describe}, and for all objects before the first of them; for those that have to ask another thread. */
  default void prepare() {}

  /**
   * Adds rows that describe the present state.
   *
   * @param id the identity of this object among the rows: that of its own row, and the beginning of those of its parts
   */
  void describe(LiveRows rows, String id);
}
