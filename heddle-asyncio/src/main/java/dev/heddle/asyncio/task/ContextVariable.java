package dev.heddle.asyncio.task;

import dev.heddle.asyncio.ContextVar;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.base.Cast;
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
    return in(CarriedValues.here());
  }

  /** Its value among the given ones. */
  T in(@Nullable ContextValues values) {
    ContextValues found = ContextValues.find(values, this);
    return found == null ? initial : Cast.to(found.value());
  }

  @Override
  public Token set(T value) {
    LoopTask<?> task = task("set");
    Earlier before = new Earlier(this, task, ContextValues.find(task.context(), this));
    task.setContext(ContextValues.with(task.context(), this, value));
    return before;
  }

  private LoopTask<?> task(String what) {
    LoopTask<?> task = TaskHost.require().currentTask();
    if (task == null) {
      throw new LoopStateException(
          "context variable '" + name + "' can only be " + what
              + " by a task, not in a callback; Context.with gives a callback another"
              + " value");
    }
    return task;
  }

  @Override
  public String toString() {
    return "<ContextVar " + name + ">";
  }

  /** A value from before. */
  public static final class Earlier implements Token {
    private final ContextVariable<?> variable;
    private final LoopTask<?> owner;
    private final @Nullable ContextValues value;
    private boolean used;

    private Earlier(ContextVariable<?> variable, LoopTask<?> owner, @Nullable ContextValues value) {
      this.variable = variable;
      this.owner = owner;
      this.value = value;
    }

    @Override
    public void reset() {
      LoopTask<?> task = variable.task("reset");
      if (used || task != owner) {
        throw new LoopStateException(
            "this token of context variable '" + variable.name + "' "
                + (used
                    ? "was used before; a token resets once"
                    : "is of task '" + owner.name() + "', which alone can reset it"));
      }
      used = true;
      task.setContext(
          value == null
              ? ContextValues.without(task.context(), variable)
              : ContextValues.with(task.context(), variable, value.value()));
    }
  }
}
