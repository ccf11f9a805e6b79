package dev.heddle.asyncio.task;

import dev.heddle.asyncio.Context;
import dev.heddle.asyncio.ContextVar;
import dev.heddle.base.Check;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The values of context variables, for callbacks, calls on other threads and tasks that are made elsewhere. Immutable. */
public final class CarriedValues implements Context {
  /** No values. */
  public static final CarriedValues EMPTY = new CarriedValues(null);

  /** The values for code that no task runs. */
  private static final ThreadLocal<@Nullable ContextValues> CARRIED = new ThreadLocal<>();

  private final @Nullable ContextValues values;

  private CarriedValues(@Nullable ContextValues values) {
    this.values = values;
  }

  static CarriedValues of(@Nullable ContextValues values) {
    return values == null ? EMPTY : new CarriedValues(values);
  }

  /** See {@link Context#current}. */
  public static CarriedValues current() {
    return of(here());
  }

  /** The values that the calling code sees: those of the task that runs it, else those that were carried to it. */
  static @Nullable ContextValues here() {
    LoopTask<?> task = task();
    return task == null ? CARRIED.get() : task.context();
  }

  private static @Nullable LoopTask<?> task() {
    TaskHost host = TaskHost.current();
    return host == null ? null : host.currentTask();
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return values == null;
  }

  @Override
  public <T extends @Nullable Object> Context with(ContextVar<T> variable, T value) {
    return of(ContextValues.with(values, Check.notNull(variable, "variable"), value));
  }

  @Override
  public <T extends @Nullable Object> T get(ContextVar<T> variable) {
    return ((ContextVariable<T>) Check.notNull(variable, "variable")).in(values);
  }

  @Override
  public <T extends @Nullable Object> T call(Callable<T> call) throws Exception {
    Check.<Callable<T>>notNull(call, "call");
    LoopTask<?> task = task();
    ContextValues before = here();
    put(task, values);
    try {
      return call.call();
    } finally {
      put(task, before);
    }
  }

  private static void put(@Nullable LoopTask<?> task, @Nullable ContextValues values) {
    if (task != null) {
      task.setContext(values);
    } else if (values == null) {
      CARRIED.remove();
    } else {
      CARRIED.set(values);
    }
  }
}
