package dev.heddle.asyncio.task;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The values of a task's context variables, for a call on another thread. Immutable. */
public final class CarriedValues {
  private static final ThreadLocal<@Nullable ContextValues> CARRIED = new ThreadLocal<>();

  private final @Nullable ContextValues values;

  CarriedValues(@Nullable ContextValues values) {
    this.values = values;
  }

  /** Calls something on this thread with these values visible. */
  public <T extends @Nullable Object> T call(Callable<T> call) throws Exception {
    CARRIED.set(values);
    try {
      return call.call();
    } finally {
      CARRIED.remove();
    }
  }

  static @Nullable ContextValues onThisThread() {
    return CARRIED.get();
  }
}
