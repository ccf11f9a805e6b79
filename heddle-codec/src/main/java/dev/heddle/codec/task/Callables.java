package dev.heddle.codec.task;

import dev.heddle.codec.message.CodecException;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Converts a decoded task to a {@link Callable}. */
public final class Callables {
  private Callables() {}

  /** Returns the task itself, or a callable that runs it. */
  public static Callable<?> of(@Nullable Object task) {
    if (task instanceof Callable<?> callable) { // not a switch, whose linkage takes 2 ms of a worker's first task
      return callable;
    }
    if (task instanceof Runnable runnable) {
      return Executors.callable(runnable);
    }
    throw new CodecException("the task is " + (task == null ? "null" : "not a Callable: " + task.getClass().getName()),
        null);
  }
}
