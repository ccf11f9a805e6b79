package dev.heddle.futures;

import dev.heddle.base.Check;
import dev.heddle.futures.limit.ChainedLimit;
import dev.heddle.futures.limit.SlotLimit;
import dev.heddle.futures.limit.TokenBucket;

/**
 * A bound on how many actions run at once, or begin in a period; whatever runs them may share it: tasks of several
 * executors, stages of pipelines, coroutines, plain threads.
 *
 * <pre>{@code
 * Limit polite = Limit.rate(Rate.perSecond(5).withBurst(10));
 * pool.submit(TaskOptions.limitedBy(polite), () -> fetch(url));        // a task that waits holds no worker
 * try (Permit held = polite.acquire().result()) { … }            // on a plain thread
 * try (Permit held = a.await(polite.acquire())) { … }            // in a coroutine
 * }</pre>
 *
 * <p>First come, first served. {@link KeyedLimit} is a limit for each key, such as a host or an account.
 *
 * <p><b>Thread-safe; no method blocks.</b> Those that Heddle makes do not look ahead: a permit that nothing waits for any
 * more, because the wait was cancelled, is not used up.
 *
 * <p>Origin: the limiters of Guava, resilience4j and aiolimiter; anyio's {@code CapacityLimiter}.
 */
@FunctionalInterface
public interface Limit {

  /**
   * Returns a limit on how many actions run at once.
   *
   * @param permits at least 1
   */
  static Limit concurrent(int permits) {
    return new SlotLimit(Check.positive(permits, "permits", "with none, nothing could ever run"));
  }

  /** Returns a limit on how many actions begin in a period. The first burst of them need not wait. */
  static Limit rate(Rate rate) {
    return new TokenBucket(Check.notNull(rate, "rate"));
  }

  /**
   * Asks for a permit.
   *
   * <p>A thread that waits with {@code result} or {@code get} and is interrupted, or whose time is over, gives up its place
   * in the queue, so that no permit is granted that nothing closes. {@code exception(timeout)} keeps the place. The future
   * of a limit of your own, or of {@link Future#from}, has to be cancelled by the caller.
   *
   * @return done when the action may begin; cancelling it gives up the place in the queue
   */
  Future<Permit> acquire();

  /**
   * Returns a limit whose permits need one of this limit and then, while that is held, one of another. Give a rate as the
   * last, so that its permits are not used up by actions that wait for the other: {@code perHost.forKey(host).and(rate)}.
   */
  default Limit and(Limit other) {
    return new ChainedLimit(this, Check.notNull(other, "other"));
  }
}
