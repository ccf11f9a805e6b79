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
 */
public record TaskOptions(@Nullable String name, @Nullable Duration timeout, Retry retry) {
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
  }

  /** No name, no time-out, no retries. */
  public static TaskOptions defaults() {
    return DEFAULTS;
  }

  /** The defaults with a name. */
  public static TaskOptions named(String name) {
    return DEFAULTS.withName(name);
  }

  /** These options with a name. */
  public TaskOptions withName(String name) {
    return new TaskOptions(Check.notNull(name, "name"), timeout, retry);
  }

  /** These options with a time-out for each attempt, longer than zero. */
  public TaskOptions withTimeout(Duration timeout) {
    return new TaskOptions(name, Check.notNull(timeout, "timeout"), retry);
  }

  /** These options with retries. */
  public TaskOptions withRetry(Retry retry) {
    return new TaskOptions(name, timeout, retry);
  }
}
