package dev.heddle.futures;

import dev.heddle.base.Check;
import dev.heddle.timeline.TimelineRecorder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The options of an executor. Immutable.
 *
 * <pre>{@code
 * ThreadPool.of(4, PoolOptions.named("resize").withInitializer(() -> Fonts.load()));
 * }</pre>
 *
 * @param name the name of the executor, and part of the names of its threads and unnamed tasks; null means a kind with a
 *     number, and no name for virtual threads
 * @param initializer runs in each new worker thread before its first task; if it throws, the executor is broken; with
 *     {@link ThreadPool#virtual()}, where each task has its own thread, it runs before each task; null means none
 * @param context carries the submitting thread's context to its tasks; null means none
 * @param listener is notified of the starts and ends of tasks; null means none
 * @param time the clock of the tasks' time-outs and of the pauses between retries
 * @param maxSpareThreads the largest number of threads that a pool of platform threads adds while tasks wait for other tasks
 * @param tasks the options of tasks that are submitted without their own; without a name
 * @param timeline records which worker ran what when: a lane for each platform thread or worker process, and for virtual
 *     threads as many lanes as run at once; null records nothing
 */
public record PoolOptions(
    @Nullable String name,
    @Nullable TaskRunnable initializer,
    @Nullable ContextCarrier context,
    @Nullable TaskListener listener,
    TimeSource time,
    int maxSpareThreads,
    TaskOptions tasks,
    @Nullable TimelineRecorder timeline) {
  /** The default bound on spare threads. */
  public static final int DEFAULT_MAX_SPARE_THREADS = 1_000;

  private static final PoolOptions DEFAULTS = new PoolOptions(null, null, null, null, TimeSource.system(),
      DEFAULT_MAX_SPARE_THREADS, TaskOptions.defaults(), null);

  /** Checks the values. */
  public PoolOptions {
    if (name != null && name.isBlank()) {
      throw new IllegalArgumentException(
          "name must not be blank, but was '" + name + "'; leave it out to get a generated one");
    }
    Check.notNull(time, "time");
    Check.notNegative(maxSpareThreads, "maxSpareThreads", "0 means that the pool never adds a thread");
    if (Check.notNull(tasks, "tasks").name() != null) {
      throw new IllegalArgumentException(
          "tasks must not have a name, but was named '" + tasks.name()
              + "': every task would have it; name single tasks");
    }
  }

  /** A generated name, no initializer, no context, no listener, the system's time. */
  public static PoolOptions defaults() {
    return DEFAULTS;
  }

  /** The defaults with a name. */
  public static PoolOptions named(String name) {
    return DEFAULTS.withName(name);
  }

  /** These options with a name. */
  public PoolOptions withName(String name) {
    return new PoolOptions(
        Check.notNull(name, "name"), initializer, context, listener, time, maxSpareThreads, tasks, timeline);
  }

  /** These options with an initializer, which runs in each new worker thread. */
  public PoolOptions withInitializer(TaskRunnable initializer) {
    return new PoolOptions(
        name, Check.notNull(initializer, "initializer"), context, listener, time, maxSpareThreads, tasks, timeline);
  }

  /** These options with a context that is carried to the tasks, in addition to any carried already. */
  public PoolOptions withContext(ContextCarrier carrier) {
    ContextCarrier all = context == null ? Check.notNull(carrier, "carrier") : context.and(carrier);
    return new PoolOptions(name, initializer, all, listener, time, maxSpareThreads, tasks, timeline);
  }

  /** These options with a listener. */
  public PoolOptions withListener(TaskListener listener) {
    return new PoolOptions(
        name, initializer, context, Check.notNull(listener, "listener"), time, maxSpareThreads, tasks, timeline);
  }

  /** These options with another time source; for tests. */
  public PoolOptions withTime(TimeSource time) {
    return new PoolOptions(name, initializer, context, listener, time, maxSpareThreads, tasks, timeline);
  }

  /** These options with another bound on the threads added while tasks wait for other tasks. */
  public PoolOptions withMaxSpareThreads(int maxSpareThreads) {
    return new PoolOptions(name, initializer, context, listener, time, maxSpareThreads, tasks, timeline);
  }

  /** These options with a time-out and retries for the tasks that are submitted without their own options. */
  public PoolOptions withTasks(TaskOptions tasks) {
    return new PoolOptions(name, initializer, context, listener, time, maxSpareThreads, tasks, timeline);
  }

  /** These options with a recorder of which worker ran what when; several executors may share it. */
  public PoolOptions withTimeline(TimelineRecorder timeline) {
    return new PoolOptions(
        name, initializer, context, listener, time, maxSpareThreads, tasks, Check.notNull(timeline, "timeline"));
  }

  /** These options with a time-out for each attempt of the tasks that are submitted without their own options. */
  public PoolOptions withTimeout(Duration timeout) {
    return withTasks(tasks.withTimeout(timeout));
  }

  /** These options with retries for the tasks that are submitted without their own options. */
  public PoolOptions withRetry(Retry retry) {
    return withTasks(tasks.withRetry(retry));
  }
}
