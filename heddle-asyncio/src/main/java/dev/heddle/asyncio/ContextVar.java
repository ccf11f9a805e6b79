package dev.heddle.asyncio;

import dev.heddle.base.Check;
import org.jspecify.annotations.Nullable;

/**
 * A variable of which each task has its own value; a new task begins with the values of the task that makes it.
 *
 * <p>Origin: {@code contextvars.ContextVar}.
 *
 * @param <T> the type of the values
 */
public final class ContextVar<T extends @Nullable Object> {
  /** The context that a call on another thread was given. */
  static final ThreadLocal<@Nullable ContextValues> CARRIED = new ThreadLocal<>();

  private final String name;
  private final T initial;

  private ContextVar(String name, T initial) {
    this.name = name;
    this.initial = initial;
  }

  /** A variable with a name for people, and its value where none was set. */
  public static <T extends @Nullable Object> ContextVar<T> of(String name, T initial) {
    return new ContextVar<>(Check.notNull(name, "name"), initial);
  }

  /** Its value in the task that runs now, or in the call of {@link Asyncio#toThread}; its initial value elsewhere. */
  public T get() {
    ContextValues found = ContextValues.find(values(), this);
    return found == null ? initial : Cast.to(found.value());
  }

  private static @Nullable ContextValues values() {
    EventLoop loop = EventLoop.CURRENT.get();
    if (loop == null) {
      return CARRIED.get();
    }
    Task<?> task = loop.currentTask();
    return task == null ? null : task.context;
  }

  /**
   * Sets its value in the task that runs now, and in tasks that it makes from now on.
   *
   * @throws LoopStateException if no task runs on this thread
   */
  public void set(T value) {
    Task<?> task = EventLoop.current().currentTask();
    if (task == null) {
      throw new LoopStateException("context variable '" + name + "' can only be set by a task, not in a callback");
    }
    task.context = ContextValues.with(task.context, this, value);
  }

  @Override
  public String toString() {
    return "<ContextVar " + name + ">";
  }
}
