package dev.heddle.futures.task;

import dev.heddle.futures.ContextCarrier;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The context carriers that {@link ContextCarrier} offers. */
public final class ContextCarriers {
  private ContextCarriers() {}

  /** Carries scoped values. */
  public record Scoped(List<ScopedValue<?>> values) implements ContextCarrier {
    @Override
    public Captured capture() {
      ScopedValue.@Nullable Carrier bound = null;
      for (ScopedValue<?> value : values) {
        if (value.isBound()) {
          bound = bind(bound, value);
        }
      }
      return new ScopedContext(bound);
    }

    private static <V> ScopedValue.Carrier bind(ScopedValue.@Nullable Carrier bound, ScopedValue<V> value) {
      return bound == null ? ScopedValue.where(value, value.get()) : bound.where(value, value.get());
    }
  }

  private record ScopedContext(ScopedValue.@Nullable Carrier bound) implements ContextCarrier.Captured {
    @Override
    public <T extends @Nullable Object> T call(Callable<T> task) throws Exception {
      return bound == null ? task.call() : bound.<T, Exception>call(task::call);
    }
  }

  /** Carries the value of a thread-local. */
  public record Local<V extends @Nullable Object>(ThreadLocal<V> local) implements ContextCarrier {
    @Override
    public Captured capture() {
      return new LocalContext<V>(local, local.get());
    }
  }

  private record LocalContext<V extends @Nullable Object>(ThreadLocal<V> local, V value) implements ContextCarrier.Captured {
    @Override
    public <T extends @Nullable Object> T call(Callable<T> task) throws Exception {
      V own = local.get();
      local.set(value);
      try {
        return task.call();
      } finally {
        local.set(own);
      }
    }
  }

  /** Carries what two carriers carry. */
  public record Both(ContextCarrier outer, ContextCarrier inner) implements ContextCarrier {
    @Override
    public Captured capture() {
      return new BothContext(outer.capture(), inner.capture());
    }
  }

  private record BothContext(ContextCarrier.Captured outer, ContextCarrier.Captured inner)
      implements
        ContextCarrier.Captured {
    @Override
    public <T extends @Nullable Object> T call(Callable<T> task) throws Exception {
      return outer.call(() -> inner.call(task));
    }

    @Override
    public <T extends @Nullable Object> Callable<T> sendable(Callable<T> task) {
      return outer.sendable(inner.sendable(task));
    }
  }
}
