package dev.heddle.queue;

import dev.heddle.base.Check;

/**
 * How many failed items a pipeline bears before it fails as a whole. Immutable.
 *
 * <p>A failed item is one whose function threw an {@link Exception}, after its retries; it goes no further. An {@link
 * Error}, a source that throws and an executor that rejects tasks always fail the pipeline.
 *
 * @param maxFailures how many failed items are borne, 0 or more
 * @param maxRate which share of a stage's items may have failed, from 0 to 1
 * @param minimum from how many items of a stage on the share counts
 * @param keep how many failures the report lists, the first ones
 */
public record FailurePolicy(long maxFailures, double maxRate, long minimum, int keep) {
  private static final int EXAMPLES = 10;
  private static final FailurePolicy FAIL_FAST = new FailurePolicy(0, 1, 0, EXAMPLES);
  private static final FailurePolicy SKIP = new FailurePolicy(Long.MAX_VALUE, 1, 0, EXAMPLES);
  private static final FailurePolicy COLLECT = new FailurePolicy(Long.MAX_VALUE, 1, 0, Integer.MAX_VALUE);

  /** Checks the values. */
  public FailurePolicy {
    Check.notNegative(maxFailures, "maxFailures", "0 means that the first failure ends the pipeline");
    Check.notNegative(minimum, "minimum", "0 means that the share counts from the first item on");
    Check.notNegative(keep, "keep", "0 means that the report lists no failure");
    if (!(maxRate >= 0 && maxRate <= 1)) {
      throw new IllegalArgumentException("maxRate must be from 0 to 1, but was " + maxRate + "; 0.05 means 5 %");
    }
  }

  /** The first failed item ends the pipeline. */
  public static FailurePolicy failFast() {
    return FAIL_FAST;
  }

  /** Failed items are counted and left out; the report lists the first ten. */
  public static FailurePolicy skip() {
    return SKIP;
  }

  /** Failed items are left out, and the report lists every one: memory grows with them. */
  public static FailurePolicy collect() {
    return COLLECT;
  }

  /** So many failed items of a stage are borne and listed; one more ends the pipeline. */
  public static FailurePolicy maxFailures(int count) {
    Check.notNegative(count, "count", "0 means that the first failure ends the pipeline");
    return new FailurePolicy(count, 1, 0, count == Integer.MAX_VALUE ? count : count + 1);
  }

  /** Failed items are borne as long as they are not more than a share of a stage's items, counted from the hundredth on. */
  public static FailurePolicy maxFailureRate(double rate) {
    return new FailurePolicy(Long.MAX_VALUE, rate, 100, EXAMPLES);
  }

  /** This policy whose share counts from another number of items on. */
  public FailurePolicy withMinimum(long items) {
    return new FailurePolicy(maxFailures, maxRate, items, keep);
  }

  /** This policy with another number of failures listed in the report. */
  public FailurePolicy withKeep(int keep) {
    return new FailurePolicy(maxFailures, maxRate, minimum, keep);
  }

  /** Whether so many failures among so many items are too many. */
  boolean exceeded(long failures, long items) {
    return failures > maxFailures || (items >= minimum && failures > maxRate * items);
  }
}
