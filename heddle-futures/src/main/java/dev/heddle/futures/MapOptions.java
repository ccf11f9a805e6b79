package dev.heddle.futures;

import dev.heddle.base.Cast;
import dev.heddle.base.Check;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@link Executor#map}. Immutable.
 *
 * @param ahead the largest number of inputs that are taken from the source before the consumer has taken their results;
 *     {@link #AUTO} means some tasks for each worker (times the chunk size), 256 where there is no bound on them; for
 *     processes as many as take about two milliseconds, from 8 to 256 for each worker
 * @param chunkSize the number of inputs in one task; {@link #AUTO} lets the engine choose: for threads 1; for processes a
 *     number at which the transfer costs little, measured with the first inputs; 1 if {@code ahead} is given
 * @param timeout the longest time from the call of {@code map} to the last result, longer than zero; a {@code next} that
 *     would wait longer throws {@link WaitTimeoutException} and ends the iteration; null means no bound
 * @param interruptOnClose whether tasks that run are stopped when the results are closed before their end, by {@code
 *     close()}, a failure or the time-out: their results could not be read any more. Threads are interrupted, worker
 *     processes are ended. Null lets the executor choose: threads are interrupted, as the body can respond to that and tidy
 *     up; worker processes are not ended, as that would cut their task off anywhere
 * @param tasks the time-out and the retries of each task of the map; with a chunk size of more than 1 they are those of a
 *     whole chunk; null means those of the executor
 * @param limits the limit of each input, in addition to that of the tasks; needs a task for each input; null means none
 */
public record MapOptions(
    int ahead,
    int chunkSize,
    @Nullable Duration timeout,
    @Nullable Boolean interruptOnClose,
    @Nullable TaskOptions tasks,
    @Nullable Function<@Nullable Object, Limit> limits) {
  /** The executor chooses. */
  public static final int AUTO = 0;

  private static final MapOptions DEFAULTS = new MapOptions(AUTO, AUTO, null, null, null, null);

  /** Checks the values. */
  public MapOptions {
    Check.notNegative(ahead, "ahead", "MapOptions.AUTO (0) lets the executor choose");
    Check.notNegative(chunkSize, "chunkSize", "MapOptions.AUTO (0) lets the executor choose");
    if (timeout != null) {
      Check.positive(timeout, "timeout", "leave it out to wait without a bound");
    }
    if (ahead != AUTO && chunkSize > ahead) {
      throw new IllegalArgumentException(
          "chunkSize must not be larger than ahead, but was " + chunkSize + " with ahead = " + ahead
              + "; a chunk is taken from the source at once");
    }
    if (limits != null && chunkSize > 1) {
      throw new IllegalArgumentException(
          "chunkSize must be 1 with a limit for each input, but was " + chunkSize
              + ": the inputs of a task begin together; leave out one of the two");
    }
    if (tasks != null && tasks.name() != null) {
      throw new IllegalArgumentException(
          "tasks must not have a name, but was named '" + tasks.name()
              + "': every task of the map would have it; leave it out");
    }
  }

  /** Options that leave it to the executor which running tasks are stopped on close. */
  public MapOptions(int ahead, int chunkSize, @Nullable Duration timeout) {
    this(ahead, chunkSize, timeout, null, null, null);
  }

  /** The executor chooses how far ahead, how large the chunks, and what is stopped on close; no time-out. */
  public static MapOptions defaults() {
    return DEFAULTS;
  }

  /** These options with a bound on the inputs ahead, at least 1. */
  public MapOptions withAhead(int ahead) {
    return new MapOptions(Check.positive(ahead, "ahead", "1 means one input at a time"), chunkSize, timeout,
        interruptOnClose, tasks, limits);
  }

  /** These options with a number of inputs for each task, at least 1. */
  public MapOptions withChunkSize(int chunkSize) {
    return new MapOptions(ahead, Check.positive(chunkSize, "chunkSize", "1 means a task for each input"), timeout,
        interruptOnClose, tasks, limits);
  }

  /** These options with a time-out for the whole, longer than zero. */
  public MapOptions withTimeout(Duration timeout) {
    return new MapOptions(ahead, chunkSize, Check.notNull(timeout, "timeout"), interruptOnClose, tasks, limits);
  }

  /** These options with tasks that are stopped, or run on, when the results are closed before their end. */
  public MapOptions withInterruptOnClose(boolean interruptOnClose) {
    return new MapOptions(ahead, chunkSize, timeout, interruptOnClose, tasks, limits);
  }

  /** These options with a time-out or retries for each task of the map, in place of the executor's. */
  public MapOptions withTasks(TaskOptions tasks) {
    return new MapOptions(ahead, chunkSize, timeout, interruptOnClose, Check.notNull(tasks, "tasks"), limits);
  }

  /**
   * These options with retries for each task of the map. As with {@link #withTasks}, none of the executor's options for tasks
   * applies to it any more.
   */
  public MapOptions withRetry(Retry retry) {
    return withTasks((tasks == null ? TaskOptions.defaults() : tasks).withRetry(Check.notNull(retry, "retry")));
  }

  /** These options with a limit on the tasks, which others may share. */
  public MapOptions withLimit(Limit limit) {
    Check.notNull(limit, "limit");
    return withLimit(_ -> limit);
  }

  /**
   * These options with a limit that depends on the input, such as one for each host. Inputs of a slow key hold back the
   * others once {@link #ahead} of them wait.
   *
   * @param limits give the type of the inputs: {@code withLimit((URI uri) -> perHost.forKey(uri.getHost()))}
   */
  public <T extends @Nullable Object> MapOptions withLimit(Function<? super T, ? extends Limit> limits) {
    Check.notNull(limits, "limits");
    return new MapOptions(
        ahead, chunkSize, timeout, interruptOnClose, tasks,
        input -> Check.notNull(limits.apply(Cast.<T>to(input)), "the limit of an input"));
  }
}
