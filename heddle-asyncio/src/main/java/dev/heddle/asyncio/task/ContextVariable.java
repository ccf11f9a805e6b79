package dev.heddle.asyncio.task;

import dev.heddle.asyncio.ContextVar;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.base.Check;
import org.jspecify.annotations.Nullable;

/** The one kind of context variable: looks its value up in the running task. */
public final class ContextVariable<T extends @Nullable Object> implements ContextVar<T> {
  private final String name;
  private final T initial;

  /** A variable with a name and an initial value. */
  public ContextVariable(String name, T initial) {
    this.name = Check.notNull(name, "name");
    this.initial = initial;
  }

  @Override
  public T get() {
    ContextValues found = ContextValues.find(values(), this);
    return found == null ? initial : Unchecked.cast(found.value());
  }

  private static @Nullable ContextValues values() {
    TaskHost host = TaskHost.current();
    if (host == null) {
      return CarriedValues.onThisThread();
    }
    LoopTask<?> task = host.currentTask();
    return task == null ? null : task.context();
  }

  @Override
  public void set(T value) {
    LoopTask<?> task = TaskHost.require().currentTask();
    if (task == null) {
      throw new LoopStateException("context variable '" + name + "' can only be set by a task, not in a callback");
    }
    task.setContext(ContextValues.with(task.context(), this, value));
  }

  @Override
  public String toString() {
    return "<ContextVar " + name + ">";
  }
}
