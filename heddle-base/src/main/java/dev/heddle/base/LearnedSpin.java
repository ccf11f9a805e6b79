package dev.heddle.base;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Lets a thread look for a condition for a short time before it parks, because waking a parked thread takes some ten
 * microseconds, many times as long as a short task. How long is learned from the waits before. Thread-safe.
 *
 * <p>The policy:
 *
 * <ul>
 * <li>A wait that took at most {@link #LONGEST_NANOS}, spinning and parking but not the waking, doubles the time to spin, from {@link
 * #SHORTEST_NANOS} up to the former. A longer one divides it by four, to zero below the latter: what mostly waits long, such as
 * the workers of an idle pool, parks at once and uses no processor time.
 * <li>Every 16th look yields the processor, because the thread that is waited for may need it. Without that, spinning on a
 * processor that both share took 17 times as long as parking; with it, 0.6 times.
 * <li>A thread that has lost its processor while it was spinning, because there are more busy threads than processors, ends
 * the spinning in this JVM for 16 times as long: then parking is better, after which a thread is scheduled sooner than after a
 * yield. So spinning costs a sixteenth of the time at most.
 * <li>Of those that wait for results, and of those that wait for work, at most as many spin at once in this JVM as there are
 * processors; on a single processor nothing spins.
 * <li>A virtual thread does not spin: it would occupy the carrier that the other side may need, and its waking is cheap.
 * </ul>
 */
public final class LearnedSpin {
  /** The longest wait worth spinning for. */
  public static final long LONGEST_NANOS = 100_000;
  /** The time to spin at first. */
  public static final long SHORTEST_NANOS = 10_000;
  /** The number of processors of this machine when this class was loaded. */
  public static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private static final int LOOKS_PER_YIELD = 16;
  private static final int DIVISOR = 4;
  private static final long LOST_NANOS = 50_000;
  private static final int REST_FACTOR = 16;
  private static final AtomicInteger FOR_RESULTS = new AtomicInteger();
  private static final AtomicInteger FOR_WORK = new AtomicInteger();
  private static volatile long restsUntil = System.nanoTime();

  private final AtomicInteger spinning;
  private final int most;
  private volatile long budget;

  LearnedSpin(AtomicInteger spinning, int processors) {
    this.spinning = spinning;
    this.most = processors > 1 ? processors : 0;
  }

  /** The spinning of threads that wait for results; it has learned nothing yet, so nothing spins. */
  public static LearnedSpin forResults() {
    return new LearnedSpin(FOR_RESULTS, PROCESSORS);
  }

  /** The spinning of threads that wait for work; it has learned nothing yet, so nothing spins. */
  public static LearnedSpin forWork() {
    return new LearnedSpin(FOR_WORK, PROCESSORS);
  }

  /** Returns for how long a thread would spin, unless the processors are needed elsewhere; 0 if not at all. */
  public long budget() {
    return most > 0 ? budget : 0;
  }

  /** Learns from a wait how long it took until the thread could continue, or was woken. */
  public void waited(long nanos) {
    long before = budget;
    long after = nanos <= LONGEST_NANOS
        ? Math.clamp(2 * before, SHORTEST_NANOS, LONGEST_NANOS)
        : before < DIVISOR * SHORTEST_NANOS ? 0 : before / DIVISOR;
    if (after != before) { // most waits leave it, and then no other processor has to fetch it anew
      budget = after;
    }
  }

  /**
   * Spins until a condition holds, at most for the time that was learned; not at all if that is not worthwhile. Does not respond
   * to interrupts.
   *
   * @param nanos the longest time that the caller would wait
   */
  public void until(BooleanSupplier condition, long nanos) {
    long longest = Math.min(nanos, budget());
    if (longest > 0 && !Thread.currentThread().isVirtual() && System.nanoTime() - restsUntil >= 0 && begin()) {
      try {
        spin(condition, longest);
      } finally {
        spinning.decrementAndGet();
      }
    }
  }

  private boolean begin() {
    if (spinning.incrementAndGet() <= most) {
      return true;
    }
    spinning.decrementAndGet();
    return false;
  }

  @SuppressWarnings("ThreadPriorityCheck") // yielding is measured to be worth it, and nothing depends on it
  private static void spin(BooleanSupplier condition, long nanos) {
    long start = System.nanoTime();
    long last = start;
    while (true) {
      for (int look = 0; look < LOOKS_PER_YIELD; look++) {
        if (condition.getAsBoolean()) {
          return;
        }
        Thread.onSpinWait();
      }
      long now = System.nanoTime();
      if (now - last > LOST_NANOS) {
        restsUntil = now + REST_FACTOR * (now - last);
        return;
      }
      if (now - start >= nanos) {
        return;
      }
      last = now;
      Thread.yield();
    }
  }
}
