package dev.heddle.micrometer;

import dev.heddle.base.Cast;
import dev.heddle.futures.TaskCallable;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A task with the part of its context that is sent to a worker process, where it sets the thread-locals and restores them.
 *
 * @param baggage by the keys of the accessors
 */
record WithBaggage<T extends @Nullable Object>(TreeMap<String, String> baggage, Callable<T> task)
    implements
      TaskCallable<T> {

  @Override
  public T call() throws Exception {
    Deque<Runnable> restore = new ArrayDeque<>();
    try {
      for (ThreadLocalAccessor<?> accessor : ContextRegistry.getInstance().getThreadLocalAccessors()) {
        String value = accessor.key() instanceof String key ? baggage.get(key) : null;
        if (value != null) {
          restore.push(set(Cast.<ThreadLocalAccessor<Object>>to(accessor), value));
        }
      }
      return task.call();
    } finally {
      restore.forEach(Runnable::run);
    }
  }

  /** Sets a value; returns what restores the one before. */
  private static Runnable set(ThreadLocalAccessor<Object> accessor, String value) {
    Object before = accessor.getValue();
    accessor.setValue(value);
    return () -> {
      if (before == null) {
        accessor.restore();
      } else {
        accessor.restore(before);
      }
    };
  }
}
