package shop.data;

import dev.heddle.futures.TaskCallable;

/** A task that captures and returns a record that is not serializable. */
public final class Parts {
  private record Part(int count, String name) {}

  public static TaskCallable<Object> twice() {
    Part part = new Part(21, "bolt");
    return () -> new Part(2 * part.count(), part.name());
  }
}
