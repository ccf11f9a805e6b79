package dev.heddle.dispatch;

import dev.heddle.base.Check;
import dev.heddle.base.Describe;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The starts of workers that have failed: all of them, and the episode under way, which lasts from a first failure until a worker is
 * ready. It says how long to pause before the next start, and when the limit is reached. An episode is logged when it begins and when it
 * is over. Guarded by the dispatcher's lock, but for {@link #total} and {@link #log}.
 */
final class FailedStarts {
  private static final System.Logger LOGGER = System.getLogger("dev.heddle.dispatch");
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int MAX_DOUBLINGS = 10;

  private final String name;
  private final int most;
  private final long mostNanos;
  private int inARow;
  private long firstNanos;
  private long lastNanos;
  private volatile long total;

  FailedStarts(DispatchOptions options) {
    this.name = options.name();
    this.most = options.failedStarts();
    this.mostNanos = Check.nanos(options.failingTime());
  }

  /** Returns how many have failed so far, for any thread. */
  long total() {
    return total;
  }

  /** Returns how many have failed since a worker was ready. */
  int inARow() {
    return inARow;
  }

  /**
   * Returns whether a failure of a worker that was started then belongs to the last one: those that were starting at the same time when
   * one was lost count once. One mishap takes them all (a kill, lack of memory for a moment), and only another start shows whether it
   * lasts.
   */
  boolean isCounted(long startedNanos) {
    return inARow > 0 && startedNanos - lastNanos < 0;
  }

  /** Another start has failed. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // under the dispatcher's lock
  void add() {
    lastNanos = System.nanoTime();
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
    LOGGER.log(
        number == 1 ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
        "executor '" + name + "' could not start a worker (" + number
            + " in a row); it tries again after pauses of 0.1 to 5 s, and tasks"
            + " wait meanwhile: " + why);
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
    LOGGER.log(System.Logger.Level.INFO, message);
  }

  /** Returns for how long no worker is to be started. */
  long pauseNanos() {
    return Math.min(LONGEST_PAUSE_NANOS, PAUSE_NANOS << Math.min(inARow - 1, MAX_DOUBLINGS));
  }

  /** Returns whether no worker is to be started now. */
  boolean isPausing() {
    return inARow > 0 && System.nanoTime() - lastNanos < pauseNanos();
  }

  /** Returns that the limit is reached, in words; null if it is not. */
  @Nullable
  String exceeded() {
    return inARow >= most || (inARow > 0 && lastNanos - firstNanos >= mostNanos) ? episode() + ", which is its limit" : null;
  }

  private String episode() {
    return inARow + " failed start(s) in a row, within " + Describe.measured(System.nanoTime() - firstNanos);
  }
}
