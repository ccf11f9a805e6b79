package dev.heddle.queue;

import dev.heddle.base.Check;

/**
 * The number of failed items that a pipeline tolerates before it fails as a whole. Immutable.
 *
 * <p>A failed item is one whose function threw an {@link Exception}, after its retries; it goes no further. An {@link
 * Error}, a source that throws and an executor that rejects tasks always fail the pipeline.
 *
 * @param maxFailures how many failed items are tolerated, 0 or more
 * @param maxRate the tolerated share of a stage's items that failed, from 0 to 1
 * @param minimum the number of items of a stage from which on the share counts
 * @param keep how many failures the report lists, the first ones
 * @param atOnce whether the pipeline fails without waiting for earlier items, nor for functions that ignore their interrupt
 */
public record FailurePolicy(long maxFailures, double maxRate, long minimum, int keep, boolean atOnce) {
  private static final int EXAMPLES = 10;
  private static final FailurePolicy FAIL_FAST = new FailurePolicy(0, 1, 0, EXAMPLES, false);
  private static final FailurePolicy FAIL_AT_ONCE = new FailurePolicy(0, 1, 0, EXAMPLES, true);
  private static final FailurePolicy SKIP = new FailurePolicy(Long.MAX_VALUE, 1, 0, EXAMPLES, false);
  private static final FailurePolicy COLLECT = new FailurePolicy(Long.MAX_VALUE, 1, 0, Integer.MAX_VALUE, false);

  /** Checks the values. */
  public FailurePolicy {
    Check.notNegative(maxFailures, "maxFailures", "0 means that the first failure ends the pipeline");
    Check.notNegative(minimum, "minimum", "0 means that the share counts from the first item on");
    Check.notNegative(keep, "keep", "0 means that the report lists no failure");
    if (!(maxRate >= 0 && maxRate <= 1)) {
      throw new IllegalArgumentException("maxRate must be from 0 to 1, but was " + maxRate + "; 0.05 means 5 %");
    }
  }

  /**
   * Returns the policy that ends the pipeline with the first failed item. In an ordered stage, items that came before it and
   * are being processed have one second to be handed on; then the run is aborted.
   */
  public static FailurePolicy failFast() {
    return FAIL_FAST;
  }

  /**
   * Returns the policy that ends the pipeline with the first failed item, without any wait: all workers are interrupted, the
   * items under way are undelivered, and functions that have not ended a tenth of a second later are abandoned with a
   * warning.
   */
  public static FailurePolicy failAtOnce() {
    return FAIL_AT_ONCE;
  }

  /** Returns the policy that counts failed items and leaves them out; the report lists the first ten. */
  public static FailurePolicy skip() {
    return SKIP;
  }

  /** Returns the policy that leaves failed items out, and lists each of them in the report: memory grows with them. */
  public static FailurePolicy collect() {
    return COLLECT;
  }

  /**
   * Returns the policy that leaves out and lists up to {@code count} failed items of a stage; one more ends the pipeline.
   */
  public static FailurePolicy maxFailures(int count) {
    Check.notNegative(count, "count", "0 means that the first failure ends the pipeline");
    return new FailurePolicy(count, 1, 0, count == Integer.MAX_VALUE ? count : count + 1, false);
  }

  /** Returns the policy that ends the pipeline once more than a share of a stage's items, 100 or more, have failed. */
  public static FailurePolicy maxFailureRate(double rate) {
    return new FailurePolicy(Long.MAX_VALUE, rate, 100, EXAMPLES, false);
  }

  /** Returns this policy with another number of items from which on the share counts. */
  public FailurePolicy withMinimum(long items) {
    return new FailurePolicy(maxFailures, maxRate, items, keep, atOnce);
  }

  /** Returns this policy with another number of failures listed in the report. */
  public FailurePolicy withKeep(int keep) {
    return new FailurePolicy(maxFailures, maxRate, minimum, keep, atOnce);
  }

  /** Returns whether {@code failures} failed items among {@code items} items of a stage are more than is tolerated. */
  public boolean isExceeded(long failures, long items) {
    return failures > maxFailures || (items >= minimum && failures > maxRate * items);
  }
}
