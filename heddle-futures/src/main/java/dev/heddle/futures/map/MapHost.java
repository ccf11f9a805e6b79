package dev.heddle.futures.map;

import dev.heddle.base.Check;
import dev.heddle.futures.ContextCarrier;
import dev.heddle.futures.Executor;
import dev.heddle.futures.ForwardingExecutor;
import dev.heddle.futures.MapOptions;
import dev.heddle.futures.MapOutcome;
import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.TaskFunction;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.UnreadReport;
import dev.heddle.futures.spi.Engine;
import dev.heddle.iter.Iter;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The executor of maps, as they need it, and the maps on it. Thread-safe. */
public interface MapHost {

  /** The executor's name. */
  String name();

  /** The engine that runs the tasks. */
  Engine engine();

  /** The executor's options for tasks. */
  TaskOptions tasks();

  /**
   * Starts the task of a chunk.
   *
   * @param measured whether the time and the attempts are asked for later
   */
  CoreFuture<?> start(TaskOptions how, TaskCallable<?> chunk, boolean measured);

  /** The context carrier of the executor; null if it has none. */
  @Nullable
  ContextCarrier context();

  /** Keeps a report, to be logged when the executor is closed before the results are read. */
  void watch(UnreadReport report);

  // ---- the maps ----

  /** {@code Executor.map}. */
  default <T extends @Nullable Object, R extends @Nullable Object> Iter<R> map(
      MapOptions how, TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs) {
    return new OrderedMap<>(new MapWindow<>(this, how, false, fn, inputs), false);
  }

  /** {@code Executor.mapUnordered}. */
  default <T extends @Nullable Object, R extends @Nullable Object> Iter<R> mapUnordered(
      MapOptions how, TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs) {
    return new UnorderedMap<>(new MapWindow<>(this, how, false, fn, inputs), false);
  }

  /** {@code Executor.mapOutcomes}. */
  default <T extends @Nullable Object, R extends @Nullable Object> Iter<MapOutcome<T, R>> mapOutcomes(
      MapOptions how, TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs) {
    return new OrderedMap<>(new MapWindow<>(this, how, true, fn, inputs), true);
  }

  /** {@code Executor.mapOutcomesUnordered}. */
  default <T extends @Nullable Object, R extends @Nullable Object> Iter<MapOutcome<T, R>> mapOutcomesUnordered(
      MapOptions how, TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs) {
    return new UnorderedMap<>(new MapWindow<>(this, how, true, fn, inputs), true);
  }

  // ---- finding it ----

  /** The executor behind a {@link ForwardingExecutor}, which its API does not show. */
  final class Delegates {
    private static volatile @Nullable Function<ForwardingExecutor, Executor> reader;

    private Delegates() {}

    /** Called by {@link ForwardingExecutor} when it is initialized. */
    public static void readWith(Function<ForwardingExecutor, Executor> delegate) {
      reader = delegate;
    }

    static @Nullable Executor of(Executor executor) {
      Function<ForwardingExecutor, Executor> read = reader;
      return executor instanceof ForwardingExecutor forwarding && read != null ? read.apply(forwarding) : null;
    }
  }

  /**
   * Returns the calling thread's context as the tasks of an executor get it; null if its tasks get none. Later submissions
   * within it carry it as if they were made now.
   */
  static ContextCarrier.@Nullable Captured capture(Executor executor) {
    for (Executor each = executor; each != null; each = Delegates.of(each)) {
      if (each instanceof HostedExecutor hosted) {
        ContextCarrier carrier = hosted.maps().context();
        return carrier == null ? null : carrier.capture();
      }
    }
    return null; // an executor of the user's own
  }

  /** Returns the map host of an executor, or of the one behind it. */
  static MapHost of(Executor executor) {
    for (Executor each = Check.notNull(executor, "executor"); each != null; each = Delegates.of(each)) {
      if (each instanceof HostedExecutor hosted) {
        return hosted.maps();
      }
    }
    throw new IllegalArgumentException(
        "executor must be one that Heddle made, or a ForwardingExecutor before one, but was " + executor
            + "; extend ForwardingExecutor, or give an engine to Executor.on");
  }
}
