package dev.heddle.futures;

import dev.heddle.base.Check;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The options of one task. Immutable.
 *
 * <pre>{@code
 * pool.submit(TaskOptions.named("fetch").withTimeout(Duration.ofSeconds(5)).withRetry(Retry.times(3)), () -> fetch(url));
 * }</pre>
 *
 * @param name for messages, logs and {@link Future#name}; null means the executor's name with a number
 * @param timeout the longest duration of one attempt, longer than zero; then it is interrupted and fails with
 *     {@link TaskTimeoutException}, even if its body ignores the interrupt and runs on; null means no bound
 * @param retry whether and when a failed attempt is followed by another
 * @param limit gives each attempt a permit before it is queued, which is held until the attempt has ended; a task that waits
 *     for it holds no worker; null means that it begins as soon as a worker is free
 * @param delay the time before it is queued, zero or longer; it holds no worker meanwhile
 * @param priority queued tasks of a higher one begin first, and those of the same one in the order of their submission; 0 is
 *     the usual one. Executors without a limit have no queue to be ordered, and refuse a priority that is not 0
 */
public record TaskOptions(
    @Nullable String name,
    @Nullable Duration timeout,
    Retry retry,
    @Nullable Limit limit,
    Duration delay,
    int priority) {
  private static final TaskOptions DEFAULTS = new TaskOptions(null, null, Retry.NEVER);

  /** Checks the values. */
  public TaskOptions {
    if (name != null && name.isBlank()) {
      throw new IllegalArgumentException(
          "name must not be blank, but was '" + name + "'; leave it out to get a generated one");
    }
    if (timeout != null) {
      Check.positive(timeout, "timeout", "leave it out for no bound");
    }
    Check.notNull(retry, "retry");
    Check.notNegative(delay, "delay", "Duration.ZERO queues the task at once");
  }

  /** Options without a limit, a delay and a priority. */
  public TaskOptions(@Nullable String name, @Nullable Duration timeout, Retry retry) {
    this(name, timeout, retry, null, Duration.ZERO, 0);
  }

  /** No name, no time-out, no retries, no limit. */
  public static TaskOptions defaults() {
    return DEFAULTS;
  }

  /** The defaults with a name. */
  public static TaskOptions named(String name) {
    return DEFAULTS.withName(name);
  }

  /** The defaults with a limit, which other tasks may share. */
  public static TaskOptions limitedBy(Limit limit) {
    return DEFAULTS.withLimit(limit);
  }

  /** These options with a name. */
  public TaskOptions withName(String name) {
    return new TaskOptions(Check.notNull(name, "name"), timeout, retry, limit, delay, priority);
  }

  /** These options with a time-out for each attempt, longer than zero. */
  public TaskOptions withTimeout(Duration timeout) {
    return new TaskOptions(name, Check.notNull(timeout, "timeout"), retry, limit, delay, priority);
  }

  /** These options with retries. */
  public TaskOptions withRetry(Retry retry) {
    return new TaskOptions(name, timeout, retry, limit, delay, priority);
  }

  /** These options with a limit, which other tasks may share. */
  public TaskOptions withLimit(Limit limit) {
    return new TaskOptions(name, timeout, retry, Check.notNull(limit, "limit"), delay, priority);
  }

  /** These options with a time before the task is queued. */
  public TaskOptions withDelay(Duration delay) {
    return new TaskOptions(name, timeout, retry, limit, delay, priority);
  }

  /** These options with a priority: queued tasks of a higher one begin first. */
  public TaskOptions withPriority(int priority) {
    return new TaskOptions(name, timeout, retry, limit, delay, priority);
  }
}
