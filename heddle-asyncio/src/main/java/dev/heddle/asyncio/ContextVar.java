package dev.heddle.asyncio;

import dev.heddle.asyncio.task.ContextVariable;
import org.jspecify.annotations.Nullable;

/**
 * A variable of which each task has its own value; a new task begins with the values of the task that makes it.
 *
 * <p>Origin: {@code contextvars.ContextVar}.
 *
 * @param <T> the type of the values
 */
public sealed interface ContextVar<T extends @Nullable Object> permits ContextVariable {

  /** Returns a variable with a name for messages, and its value where none was set. */
  static <T extends @Nullable Object> ContextVar<T> of(String name, T initial) {
    return new ContextVariable<>(name, initial);
  }

  /** Returns its value in the task that runs now, or in a call of {@link Asyncio#toThread}; its initial value elsewhere. */
  T get();

  /**
   * Sets its value in the task that runs now, and in tasks that this task makes from now on.
   *
   * @throws LoopStateException if no task runs on this thread
   */
  void set(T value);
}
