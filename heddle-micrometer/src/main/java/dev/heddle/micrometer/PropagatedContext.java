package dev.heddle.micrometer;

import dev.heddle.base.Check;
import dev.heddle.futures.ContextCarrier;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.ThreadLocalAccessor;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Carries the thread-locals that are registered with Micrometer's {@link ContextRegistry} to tasks: observations, traces,
 * the logging context, your own.
 *
 * <pre>{@code
 * Executor pool = ThreadPool.virtual(PoolOptions.defaults().withContext(PropagatedContext.carrier()));
 * }</pre>
 *
 * <p>Tasks on threads, and coroutines ({@code LoopOptions.withContext}), get all values, and none that their thread had
 * before. Tasks in worker processes get those
 * that are strings, whose keys are strings: baggage. They are set there by the accessors of the same keys in the worker's
 * registry, which services ({@code META-INF/services}) or the pool's initializer have put there; a key without an accessor
 * is left out. An accessor whose value is a string makes baggage of anything, such as the header of a trace.
 *
 * <p><b>Thread-safe.</b>
 */
public final class PropagatedContext {
  private PropagatedContext() {}

  /** Returns a carrier of what is registered with the global registry. */
  public static ContextCarrier carrier() {
    return carrier(ContextRegistry.getInstance());
  }

  /** Returns a carrier of what is registered with a registry; worker processes use their global one. */
  public static ContextCarrier carrier(ContextRegistry registry) {
    Check.notNull(registry, "registry");
    ContextSnapshotFactory factory = ContextSnapshotFactory.builder().contextRegistry(registry).clearMissing(true).build();
    return () -> new Snapshot(factory.captureAll(), baggage(registry));
  }

  private static Map<String, String> baggage(ContextRegistry registry) {
    Map<String, String> texts = new TreeMap<>();
    for (ThreadLocalAccessor<?> accessor : registry.getThreadLocalAccessors()) {
      if (accessor.key() instanceof String key && accessor.getValue() instanceof String value) {
        texts.put(key, value);
      }
    }
    return texts;
  }

  private record Snapshot(ContextSnapshot snapshot, Map<String, String> baggage) implements ContextCarrier.Captured {
    @Override
    public <T extends @Nullable Object> T call(Callable<T> task) throws Exception {
      try (ContextSnapshot.Scope _ = snapshot.setThreadLocals()) {
        return task.call();
      }
    }

    @Override
    public <T extends @Nullable Object> Callable<T> sendable(Callable<T> task) {
      return baggage.isEmpty() ? task : new WithBaggage<>(new TreeMap<>(baggage), task);
    }
  }
}
