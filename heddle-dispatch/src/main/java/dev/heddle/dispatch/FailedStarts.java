package dev.heddle.dispatch;

import dev.heddle.base.Check;
import dev.heddle.base.Describe;
import dev.heddle.base.ModuleLog;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The starts of workers that have failed: all of them, and the episode under way, which lasts from a first failure until a
 * worker is ready. It says how long to pause before the next start, and when the limit is reached. An episode is logged when
 * it begins and when it is over. Guarded by the dispatcher's lock, but for {@link #total} and {@link #log}.
 */
final class FailedStarts {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.dispatch");
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int MAX_DOUBLINGS = 10;
  private static final int MOST_AT_FIRST = 3; // in a pool that never worked: its options or its environment are wrong

  private final String name;
  private final LongSupplier clock;
  private final int most;
  private final long mostNanos;
  private int inARow;
  private long firstNanos;
  private long lastNanos;
  private volatile long total;

  FailedStarts(DispatchOptions options, LongSupplier clock) {
    this.clock = clock;
    this.name = options.name();
    this.most = options.failedStarts();
    this.mostNanos = Check.nanos(options.failingTime());
  }

  /** Returns how many have failed so far, those that were lost together as one, for any thread. */
  long total() {
    return total;
  }

  /** Returns how many have failed since a worker was ready. */
  int inARow() {
    return inARow;
  }

  /**
   * Returns whether a failure of a worker that was started then belongs to the last one: those that were starting at the
   * same time when one was lost count once. One mishap takes them all (a kill, lack of memory for a moment), and only
   * another start shows whether it lasts.
   */
  boolean isCounted(long startedNanos) {
    return inARow > 0 && startedNanos - lastNanos < 0;
  }

  /** Another start has failed. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // under the dispatcher's lock
  void add() {
    lastNanos = clock.getAsLong();
    if (inARow++ == 0) {
      firstNanos = lastNanos;
    }
    total++;
  }

  /**
   * Writes the first failure of an episode, and the others at level DEBUG; the lock need not be held.
   *
   * @param number {@link #inARow} when it failed
   */
  void log(int number, String why) {
    String message = "executor '" + name + "' could not start a worker (" + number
        + " in a row); it tries again after pauses of 0.1 to 5 s, and tasks wait meanwhile: " + why;
    if (number == 1) {
      LOG.warning(message);
    } else {
      LOG.detail(message);
    }
  }

  /** A worker is ready; returns what is to be written, or null if none had failed. */
  @Nullable
  String over() {
    if (inARow == 0) {
      return null;
    }
    String message = "executor '" + name + "' starts workers again, after " + episode();
    inARow = 0;
    return message;
  }

  static void logOver(String message) {
    LOG.info(message);
  }

  /** Returns for how long no worker is to be started. */
  long pauseNanos() {
    return Math.min(LONGEST_PAUSE_NANOS, PAUSE_NANOS << Math.min(inARow - 1, MAX_DOUBLINGS));
  }

  /** Returns whether no worker is to be started now. */
  boolean isPausing() {
    return inARow > 0 && clock.getAsLong() - lastNanos < pauseNanos();
  }

  /**
   * Returns in words that there were too many, for a pool that has worked by its own limits; null if there were not.
   *
   * @param worked whether a worker of the pool was ever ready
   */
  @Nullable
  String exceeded(boolean worked) {
    if (inARow >= most || (inARow > 0 && lastNanos - firstNanos >= mostNanos)) {
      return episode() + ", which is its limit";
    }
    return !worked && inARow >= MOST_AT_FIRST ? episode() + ", and none before that has worked" : null;
  }

  private String episode() {
    return inARow + " failed start(s) in a row, within " + Describe.measured(clock.getAsLong() - firstNanos);
  }
}
