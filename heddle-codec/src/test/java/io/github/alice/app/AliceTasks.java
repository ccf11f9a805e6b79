package io.github.alice.app;

import dev.heddle.futures.TaskCallable;
import java.util.ArrayList;

/** Tasks of one author, in a jar that has classes of others, too. */
public final class AliceTasks {
  private AliceTasks() {}

  /** A task of this package. */
  public static TaskCallable<Integer> one() {
    return () -> 1;
  }

  /** A collection of the task's package. */
  public static final class Own extends ArrayList<Object> {}
}
