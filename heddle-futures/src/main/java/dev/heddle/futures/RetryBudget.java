package dev.heddle.futures;

import dev.heddle.base.Check;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * A bound on the retries of all tasks that share it, as a share of their first attempts: so a service that is down gets
 * little more load, instead of a multiple of it.
 *
 * <pre>{@code
 * Retry careful = Retry.times(3).withBudget(RetryBudget.of(0.2));
 * ThreadPool.of(8, PoolOptions.defaults().withTasks(TaskOptions.defaults().withRetry(careful)));   // a budget of the pool
 * }</pre>
 *
 * <p>Each first attempt adds its share, and each retry takes one. A reserve is there from the beginning. Of what is not
 * used, the share of a thousand first attempts is kept at most. A task that may not be retried fails with its last failure.
 * <b>Thread-safe; no method blocks.</b>
 *
 * <p>Origin: the retry budgets of Finagle, and of gRPC's retry throttling.
 */
public final class RetryBudget {
  private static final long RETRY = 1_000_000;
  private static final int KEPT = 1_000;
  private static final int RESERVE = 10;

  private final long share; // of a first attempt
  private final long most;
  private final AtomicLong left;
  private final LongAdder refused = new LongAdder();

  private RetryBudget(double share, int reserve) {
    this.share = (long) (share * RETRY);
    this.left = new AtomicLong(reserve * RETRY);
    this.most = left.get() + KEPT * this.share;
  }

  /** Returns a budget for a share of retries, with a reserve of ten. */
  public static RetryBudget of(double share) {
    return of(share, RESERVE);
  }

  /**
   * Returns a budget for a share of retries.
   *
   * @param share the number of retries for each first attempt, from 0 to 1: 0.2 allows one for five
   * @param reserve how many more there may be, zero or more: for programs with few tasks
   */
  public static RetryBudget of(double share, int reserve) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "share must be from 0 to 1, but was " + share + "; 0.2 allows one retry for five tasks");
    }
    return new RetryBudget(share, Check.notNegative(reserve, "reserve", "0 means that all retries have to be earned"));
  }

  /** Adds the share of a first attempt; executors and pipelines call it. */
  public void firstAttempt() {
    left.accumulateAndGet(share, (before, added) -> Math.min(most, before + added));
  }

  /** Takes a retry if there is one. */
  boolean take() {
    long before = left.getAndUpdate(now -> now >= RETRY ? now - RETRY : now);
    boolean taken = before >= RETRY;
    if (!taken) {
      refused.increment();
    }
    return taken;
  }

  /** Returns how many retries there may be now. */
  public long available() {
    return left.get() / RETRY;
  }

  /** Returns how many retries were refused so far. */
  public long refused() {
    return refused.sum();
  }

  @Override
  public String toString() {
    return "<RetryBudget: " + available() + " available, " + refused() + " refused>";
  }
}
