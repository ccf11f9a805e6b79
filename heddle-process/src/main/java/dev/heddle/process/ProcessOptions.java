package dev.heddle.process;

import dev.heddle.base.Check;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.Retry;
import dev.heddle.futures.TaskRunnable;
import dev.heddle.timeline.TimelineRecorder;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The options of a process pool. Immutable.
 *
 * <pre>{@code
 * ProcessPool.of(4, ProcessOptions.named("resize")
 *     .withJvm(jvm -> jvm.withHeap(512L << 20))
 *     .withInitializer(() -> Fonts.load())
 *     .withTimeout(Duration.ofSeconds(30)));
 * }</pre>
 *
 * @param pool what is the same for every executor: name, listener, time source, the default time-out and retries of tasks,
 *     and the initializer, which runs in each worker process before its first task; if it throws, the pool is broken
 * @param jvm how the workers' JVMs are started
 * @param spares how many workers are kept ready to take the place of one that ends
 * @param maxTasksPerWorker after how many tasks a worker is replaced; 0 means never
 * @param idleTimeout after how long without a task a worker ends, longer than zero; more than 292 years count as 292
 * @param startTimeout how long a worker may take until it is ready, its initializer included, longer than zero; more than
 *     292 years count as 292
 * @param startLimit when a pool that has worked gives up starting workers
 * @param maxRss how much resident memory a worker may take, in bytes, without the arrays it shares with others; one that
 *     takes more is killed, which fails its task, or replaced if it has none; 0 means no limit; watched several times a
 *     second, where the system tells (Linux)
 * @param maxMessage how large an encoded task or result may be, in bytes, at the most 2,147,483,639
 * @param allowedResults the names of classes that results may hold in addition to those that are accepted anyway
 * @param output is handed what tasks print
 */
public record ProcessOptions(
    PoolOptions pool,
    WorkerJvm jvm,
    int spares,
    int maxTasksPerWorker,
    Duration idleTimeout,
    Duration startTimeout,
    StartLimit startLimit,
    long maxRss,
    long maxMessage,
    Predicate<String> allowedResults,
    OutputListener output) {
  private static final long LARGEST_MESSAGE = Integer.MAX_VALUE - 8L;
  private static final ProcessOptions DEFAULTS = new ProcessOptions(
      PoolOptions.defaults(),
      WorkerJvm.defaults(),
      0,
      0,
      Duration.ofSeconds(10),
      Duration.ofSeconds(30),
      StartLimit.none(),
      0,
      LARGEST_MESSAGE,
      className -> false,
      OutputListener.forwarding());

  /** Checks the values. */
  public ProcessOptions {
    Check.notNull(pool, "pool");
    Check.notNull(jvm, "jvm");
    Check.notNegative(spares, "spares", "0 means that workers are started when they are needed");
    Check.notNegative(maxTasksPerWorker, "maxTasksPerWorker", "0 means that workers are not replaced");
    idleTimeout = countable(Check.positive(idleTimeout, "idleTimeout", "Duration.ofDays(1) keeps idle workers"));
    startTimeout = countable(
        Check.positive(startTimeout, "startTimeout", "starting a JVM takes some 100 ms, and your initializer its own time"));
    Check.notNull(startLimit, "startLimit");
    Check.notNegative(maxRss, "maxRss", "0 means no limit");
    if (maxMessage < 1 || maxMessage > LARGEST_MESSAGE) {
      throw new IllegalArgumentException(
          "maxMessage must be from 1 to " + LARGEST_MESSAGE + ", but was " + maxMessage + "; it counts bytes");
    }
    Check.notNull(allowedResults, "allowedResults");
    Check.notNull(output, "output");
  }

  /** The longest duration whose nanoseconds can be counted stands for longer ones. */
  private static Duration countable(Duration given) {
    Duration longest = Duration.ofNanos(Long.MAX_VALUE);
    return given.compareTo(longest) > 0 ? longest : given;
  }

  /**
   * Returns options with a generated name, no initializer, no limits but the JVM's own; workers end after ten idle
   * seconds; output is passed on.
   */
  public static ProcessOptions defaults() {
    return DEFAULTS;
  }

  /** Returns the defaults with a name. */
  public static ProcessOptions named(String name) {
    return DEFAULTS.withPool(PoolOptions.named(name));
  }

  /** These options with others of those that every executor has. */
  public ProcessOptions withPool(PoolOptions pool) {
    return with(copy -> copy.pool = pool);
  }

  /** These options with something to run in each worker process before its first task. */
  public ProcessOptions withInitializer(TaskRunnable initializer) {
    return withPool(pool.withInitializer(initializer));
  }

  /** These options with a time-out for each task that is submitted without options of its own. */
  public ProcessOptions withTimeout(Duration timeout) {
    return withPool(pool.withTasks(pool.tasks().withTimeout(timeout)));
  }

  /** These options with retries for each task that is submitted without options of its own. */
  public ProcessOptions withRetry(Retry retry) {
    return withPool(pool.withTasks(pool.tasks().withRetry(retry)));
  }

  /** These options with another way to start the workers' JVMs. */
  public ProcessOptions withJvm(UnaryOperator<WorkerJvm> change) {
    WorkerJvm changed = Check.notNull(change, "change").apply(jvm);
    return with(copy -> copy.jvm = changed);
  }

  /** These options with a number of workers that are kept ready. */
  public ProcessOptions withSpares(int spares) {
    return with(copy -> copy.spares = spares);
  }

  /** These options with a number of tasks after which a worker is replaced. */
  public ProcessOptions withMaxTasksPerWorker(int maxTasksPerWorker) {
    return with(copy -> copy.maxTasksPerWorker = maxTasksPerWorker);
  }

  /** These options with another time after which an idle worker ends. */
  public ProcessOptions withIdleTimeout(Duration idleTimeout) {
    return with(copy -> copy.idleTimeout = idleTimeout);
  }

  /** These options with another time within which a worker must be ready. */
  public ProcessOptions withStartTimeout(Duration startTimeout) {
    return with(copy -> copy.startTimeout = startTimeout);
  }

  /**
   * These options with a limit of failed starts, after which a pool that has worked is broken; without one it tries again
   * for ever.
   */
  public ProcessOptions withStartLimit(StartLimit startLimit) {
    return with(copy -> copy.startLimit = startLimit);
  }

  /** These options with a limit of a worker's resident memory, in bytes. */
  public ProcessOptions withMaxRss(long bytes) {
    return with(copy -> copy.maxRss = bytes);
  }

  /** These options with a limit of an encoded task or result, in bytes. */
  public ProcessOptions withMaxMessage(long bytes) {
    return with(copy -> copy.maxMessage = bytes);
  }

  /**
   * These options with further classes that results may hold; a worker is not believed, so allow no more than are needed.
   */
  public ProcessOptions withAllowedResults(Predicate<String> classNames) {
    return with(copy -> copy.allowedResults = classNames);
  }

  /** Returns these options with a listener that receives what tasks print. */
  public ProcessOptions withOutput(OutputListener output) {
    return with(copy -> copy.output = output);
  }

  /** The recorder of which worker ran what when, a lane for each worker: that of the {@link #pool}. */
  public @Nullable TimelineRecorder timeline() {
    return pool.timeline();
  }

  /** These options with a recorder of which worker ran what when; it may be shared by several pools. */
  public ProcessOptions withTimeline(TimelineRecorder timeline) {
    return withPool(pool.withTimeline(timeline));
  }

  private ProcessOptions with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.toOptions();
  }

  /** The same values, open to change: so that the constructor's arguments stand in one place only. */
  private static final class Copy {
    private PoolOptions pool;
    private WorkerJvm jvm;
    private int spares;
    private int maxTasksPerWorker;
    private Duration idleTimeout;
    private Duration startTimeout;
    private StartLimit startLimit;
    private long maxRss;
    private long maxMessage;
    private Predicate<String> allowedResults;
    private OutputListener output;

    Copy(ProcessOptions of) {
      pool = of.pool;
      jvm = of.jvm;
      spares = of.spares;
      maxTasksPerWorker = of.maxTasksPerWorker;
      idleTimeout = of.idleTimeout;
      startTimeout = of.startTimeout;
      startLimit = of.startLimit;
      maxRss = of.maxRss;
      maxMessage = of.maxMessage;
      allowedResults = of.allowedResults;
      output = of.output;
    }

    ProcessOptions toOptions() {
      return new ProcessOptions(
          pool, jvm, spares, maxTasksPerWorker, idleTimeout, startTimeout, startLimit, maxRss, maxMessage, allowedResults,
          output);
    }
  }
}
