package dev.heddle.flags.styles;

import dev.heddle.flags.FlagException;
import dev.heddle.futures.Limit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The state that the downloads of one run share: the retry budget, and why the run stopped early. Thread-safe. */
public final class DownloadRun {
  private final AtomicInteger retriesLeft;
  private final int retryBudget;
  private final Sleeper sleeper;
  private final DownloadTrace trace;
  private final @Nullable Limit limit;
  private volatile FlagException.@Nullable Folder failure;

  /** Makes the pauses; replaceable by tests. */
  @FunctionalInterface
  public interface Sleeper {
    void sleep(Duration pause) throws InterruptedException;
  }

  /**
   * Creates the state of a run, with a retry budget of half a retry per flag plus ten, to spare a server that fails.
   *
   * @param limit gives each request a permit; null means that none is needed
   */
  public DownloadRun(int flags, Sleeper sleeper, DownloadTrace trace, @Nullable Limit limit) {
    this.retryBudget = 10 + flags / 2;
    this.retriesLeft = new AtomicInteger(retryBudget);
    this.sleeper = sleeper;
    this.trace = trace;
    this.limit = limit;
  }

  DownloadTrace trace() {
    return trace;
  }

  Sleeper sleeper() {
    return sleeper;
  }

  /** Returns the limit of the requests; null if there is none. */
  @Nullable
  Limit limit() {
    return limit;
  }

  int retryBudget() {
    return retryBudget;
  }

  /** Takes a retry from the budget; returns false if it is exhausted. */
  boolean takeRetry() {
    return retriesLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  /** Stops the run: a failure of the folder affects all files. */
  void stop(FlagException.Folder failure) {
    this.failure = failure;
  }

  /** The failure that stopped the run; null if it was not stopped. */
  public FlagException.@Nullable Folder failure() {
    return failure;
  }
}
