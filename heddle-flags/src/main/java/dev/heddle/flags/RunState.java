package dev.heddle.flags;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What the downloads of one run share. Thread-safe. */
final class RunState {
  private final AtomicInteger retriesLeft;
  private final int retryBudget;
  private final Sleeper sleeper;
  private volatile FlagException.@Nullable Folder trouble;

  /** A pause; tests put one in its place that does not last. */
  @FunctionalInterface
  interface Sleeper {
    void sleep(Duration pause) throws InterruptedException;
  }

  /** A failing server is not to be asked many times over by all downloads at once: half a retry for each, and some more. */
  RunState(int flags, Sleeper sleeper) {
    this.retryBudget = 10 + flags / 2;
    this.retriesLeft = new AtomicInteger(retryBudget);
    this.sleeper = sleeper;
  }

  Sleeper sleeper() {
    return sleeper;
  }

  int retryBudget() {
    return retryBudget;
  }

  /** Takes a retry from the budget, if one is left. */
  boolean takeRetry() {
    return retriesLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  /** Ends the run: what happened to one file will happen to all. */
  void stop(FlagException.Folder trouble) {
    this.trouble = trouble;
  }

  /** Why the run has ended before its time; null if it has not. */
  FlagException.@Nullable Folder trouble() {
    return trouble;
  }
}
