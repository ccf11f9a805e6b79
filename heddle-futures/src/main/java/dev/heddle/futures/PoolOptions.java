package dev.heddle.futures;

import dev.heddle.base.Check;
import org.jspecify.annotations.Nullable;

/**
 * How an executor is set up. Immutable.
 *
 * <pre>{@code
 * ThreadPool.of(4, PoolOptions.named("resize").withInitializer(() -> Fonts.load()));
 * }</pre>
 *
 * @param name what the executor, its threads and its unnamed tasks are called; null means a kind with a number, and no
 *     name for virtual threads
 * @param initializer runs in each new worker thread before its first task; if it throws, the executor is broken; with
 *     {@link ThreadPool#virtual()}, where each task has a thread of its own, it runs before each task; null means none
 * @param context carries the submitting thread's context to its tasks; null means none
 * @param listener is told what becomes of the tasks; null means nobody is
 * @param time the time-outs of tasks and the pauses between retries go by it
 * @param maxSpareThreads how many threads a pool of platform threads adds at the most while tasks wait for other tasks
 * @param tasks how tasks are run that are submitted without options of their own; without a name
 */
public record PoolOptions(
    @Nullable String name,
    @Nullable TaskRunnable initializer,
    @Nullable ContextCarrier context,
    @Nullable TaskListener listener,
    TimeSource time,
    int maxSpareThreads,
    TaskOptions tasks) {
  /** The default bound on spare threads. */
  public static final int DEFAULT_MAX_SPARE_THREADS = 1_000;

  private static final PoolOptions DEFAULTS = new PoolOptions(null, null, null, null, TimeSource.system(),
      DEFAULT_MAX_SPARE_THREADS, TaskOptions.defaults());

  /** Checks the values. */
  public PoolOptions {
    if (name != null && name.isBlank()) {
      throw new IllegalArgumentException("name must not be blank, but was '" + name + "'; leave it out to have one made up");
    }
    Check.notNull(time, "time");
    Check.notNegative(maxSpareThreads, "maxSpareThreads", "0 means that the pool never adds a thread");
    if (Check.notNull(tasks, "tasks").name() != null) {
      throw new IllegalArgumentException(
          "tasks must not have a name, but was named '" + tasks.name()
              + "': it would be that of every task; name single ones");
    }
  }

  /** A made-up name, no initializer, no context, no listener, the system's time. */
  public static PoolOptions defaults() {
    return DEFAULTS;
  }

  /** The defaults with a name. */
  public static PoolOptions named(String name) {
    return DEFAULTS.withName(name);
  }

  /** These options with a name. */
  public PoolOptions withName(String name) {
    return new PoolOptions(Check.notNull(name, "name"), initializer, context, listener, time, maxSpareThreads, tasks);
  }

  /** These options with something to run in each new worker thread. */
  public PoolOptions withInitializer(TaskRunnable initializer) {
    return new PoolOptions(
        name, Check.notNull(initializer, "initializer"), context, listener, time, maxSpareThreads, tasks);
  }

  /** These options with a context that is carried to the tasks, in addition to any carried already. */
  public PoolOptions withContext(ContextCarrier carrier) {
    ContextCarrier all = context == null ? Check.notNull(carrier, "carrier") : context.and(carrier);
    return new PoolOptions(name, initializer, all, listener, time, maxSpareThreads, tasks);
  }

  /** These options with a listener. */
  public PoolOptions withListener(TaskListener listener) {
    return new PoolOptions(name, initializer, context, Check.notNull(listener, "listener"), time, maxSpareThreads, tasks);
  }

  /** These options with another time source; for tests. */
  public PoolOptions withTime(TimeSource time) {
    return new PoolOptions(name, initializer, context, listener, time, maxSpareThreads, tasks);
  }

  /** These options with another bound on the threads added while tasks wait for other tasks. */
  public PoolOptions withMaxSpareThreads(int maxSpareThreads) {
    return new PoolOptions(name, initializer, context, listener, time, maxSpareThreads, tasks);
  }

  /** These options with a time-out and retries for the tasks that are submitted without options of their own. */
  public PoolOptions withTasks(TaskOptions tasks) {
    return new PoolOptions(name, initializer, context, listener, time, maxSpareThreads, tasks);
  }
}
