package dev.heddle.asyncio;

import dev.heddle.asyncio.task.ContextVariable;
import org.jspecify.annotations.Nullable;

/**
 * A variable of which each task has its own value; a new task begins with the values of the task that makes it, and a
 * callback sees those of the code that has registered it.
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

  /**
   * Returns its value in the task or callback that runs now, or in a call of {@link Asyncio#toThread}; its initial value
   * elsewhere.
   */
  T get();

  /**
   * Sets its value in the task that runs now, and in tasks that this task makes from now on.
   *
   * @return can put the value from before back
   * @throws LoopStateException if no task runs on this thread
   */
  Token set(T value);

  /** The value of a variable before it was set. Origin: {@code contextvars.Token}. */
  sealed interface Token permits ContextVariable.Earlier {

    /**
     * Gives the variable its value from before the call of {@link #set} that has returned this token.
     *
     * @throws LoopStateException if it was reset before, or another task has set the variable
     */
    void reset();
  }
}
