package dev.heddle.futures;

import dev.heddle.base.Check;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The options of a {@link TaskScope}. Immutable.
 *
 * @param until the event that ends the children which still run
 * @param timeout the longest time for the whole block, longer than zero; then the children and the body are stopped; null
 *     means no bound
 * @param time the clock of the time-out, for tests
 */
public record ScopeOptions(Until until, @Nullable Duration timeout, TimeSource time) {

  /** The event that ends the children which still run. */
  public enum Until {
    /** A child fails: the block fails, too. */
    FAILURE,
    /** A child succeeds: the failures before it do not count. The block fails if all children fail. */
    SUCCESS,
    /** All have ended: failures are left to those that read the futures. */
    ALL
  }

  private static final ScopeOptions DEFAULTS = new ScopeOptions(Until.FAILURE, null, TimeSource.system());

  /** Checks the values. */
  public ScopeOptions {
    Check.notNull(until, "until");
    if (timeout != null) {
      Check.positive(timeout, "timeout", "leave it out for no bound");
    }
    Check.notNull(time, "time");
  }

  /** The first failure of a child ends the others and the block; no time-out. */
  public static ScopeOptions untilFailure() {
    return DEFAULTS;
  }

  /** The first success of a child ends the others. */
  public static ScopeOptions untilSuccess() {
    return new ScopeOptions(Until.SUCCESS, null, TimeSource.system());
  }

  /** Every child runs to its end. */
  public static ScopeOptions untilAll() {
    return new ScopeOptions(Until.ALL, null, TimeSource.system());
  }

  /** These options with a time-out for the whole block, longer than zero. */
  public ScopeOptions withTimeout(Duration timeout) {
    return new ScopeOptions(until, Check.notNull(timeout, "timeout"), time);
  }

  /** These options with another clock; for tests. */
  public ScopeOptions withTime(TimeSource time) {
    return new ScopeOptions(until, timeout, time);
  }
}
