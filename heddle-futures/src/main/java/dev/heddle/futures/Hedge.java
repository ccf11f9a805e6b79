package dev.heddle.futures;

import dev.heddle.base.Check;
import dev.heddle.futures.task.HedgedCall;
import dev.heddle.futures.task.Quantile;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The rule by which a slow call is made a second time, at once with the first: whichever succeeds first is the result, and
 * the other is cancelled. For calls that may safely be made twice, whose slowness is chance, such as requests to one of
 * several servers.
 *
 * <pre>{@code
 * Hedge hedge = Hedge.quantile(0.95);                         // a second call for the slowest twentieth
 * Future<Page> page = hedge.submit(pool, () -> fetch(url));
 * }</pre>
 *
 * <p>The second call gets the context of the first one's caller. {@code cancel(false)} cancels calls that have not begun,
 * and returns false if one runs. In a {@link TaskScope} each call is a child of its own.
 *
 * <p>A call that fails before its second one has begun fails; hedging is no retry. One object serves all calls of a kind,
 * from any executor. <b>Thread-safe; no method blocks.</b>
 *
 * <p>Origin: the hedged requests of Dean and Barroso, "The Tail at Scale".
 */
public final class Hedge {
  private final @Nullable Duration fixed;
  private final @Nullable Quantile measured;
  private final TimeSource time;
  private final LongAdder calls = new LongAdder();
  private final LongAdder hedged = new LongAdder();

  private Hedge(@Nullable Duration fixed, @Nullable Quantile measured, TimeSource time) {
    this.fixed = fixed;
    this.measured = measured;
    this.time = time;
  }

  /** Makes the second call after a fixed time, longer than zero. */
  public static Hedge after(Duration delay) {
    return new Hedge(Check.positive(delay, "delay", "two calls at once are two tasks"), null, TimeSource.system());
  }

  /**
   * Makes the second call when the first takes longer than a share of the calls before, of which the last 256 are measured.
   * The first twenty calls are not hedged.
   *
   * @param share more than 0 and less than 1: 0.95 means a second call for about one in twenty
   */
  public static Hedge quantile(double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "share must be more than 0 and less than 1, but was " + share + "; 0.95 makes a second call for one in twenty");
    }
    return new Hedge(null, new Quantile(share), TimeSource.system());
  }

  /** This rule by another clock, without what was measured; for tests. */
  public Hedge withTime(TimeSource time) {
    Check.notNull(time, "time");
    return new Hedge(fixed, measured == null ? null : new Quantile(measured.share()), time);
  }

  /** Makes a call, and a second one if it is slow. */
  public <T extends @Nullable Object> Future<T> submit(Executor executor, TaskCallable<T> task) {
    return submit(executor, TaskOptions.defaults(), task);
  }

  /** Makes a call, and a second one if it is slow, each with the given options. */
  public <T extends @Nullable Object> Future<T> submit(Executor executor, TaskOptions options, TaskCallable<T> task) {
    Check.notNull(executor, "executor");
    Check.notNull(options, "options");
    Check.<TaskCallable<T>>notNull(task, "task");
    calls.increment();
    return HedgedCall.start(executor, () -> executor.submit(options, task), time, delay(), hedged::increment, measured);
  }

  private @Nullable Duration delay() {
    return measured == null ? fixed : measured.value();
  }

  /** Returns how many calls were made, without the second ones. */
  public long calls() {
    return calls.sum();
  }

  /** Returns for how many of them a second call was made. */
  public long hedged() {
    return hedged.sum();
  }

  @Override
  public String toString() {
    return "<Hedge: " + calls() + " calls, " + hedged() + " hedged>";
  }
}
