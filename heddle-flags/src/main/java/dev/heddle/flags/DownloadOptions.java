package dev.heddle.flags;

import dev.heddle.futures.Retry;
import java.time.Duration;
import java.util.Objects;

/**
 * How flags are downloaded. Immutable.
 *
 * @param maxConnections how many requests are under way at once at the most, from 1 to {@link #MOST_CONNECTIONS}; styles and
 *     short lists use fewer
 * @param timeout how long a reply may take, from the request to the last byte of the body, longer than zero
 * @param retry how often and when a flag is asked for again after a failure that may pass: status 408, 429 or 5xx, a lost
 *     connection, a reply that took too long. A longer pause asked for by the server (Retry-After) is kept
 * @param fresh whether to download everything anew, instead of asking only for what has changed or is missing
 */
public record DownloadOptions(int maxConnections, Duration timeout, Retry retry, boolean fresh) {
  /** No more than this at once, whatever is asked for, for the sake of the server; origin: {@code MAX_CONCUR_REQ}. */
  public static final int MOST_CONNECTIONS = 1_000;

  private static final DownloadOptions DEFAULTS = new DownloadOptions(30, Duration.ofSeconds(10), Retry.times(4), false);

  /** Checks the values. */
  public DownloadOptions {
    if (maxConnections < 1 || maxConnections > MOST_CONNECTIONS) {
      throw new IllegalArgumentException(
          "max connections must be from 1 to " + MOST_CONNECTIONS + ", but was " + maxConnections
              + "; 1 asks for one flag at a time");
    }
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException(
          "timeout must be longer than zero, but was " + timeout.toMillis() + " ms; it bounds one whole reply");
    }
    Objects.requireNonNull(retry, "retry must not be null");
  }

  /** 30 connections, 10 s for a reply, 3 retries, and no more downloading than needed. */
  public static DownloadOptions defaults() {
    return DEFAULTS;
  }

  /** These options with another number of connections, from 1 to {@link #MOST_CONNECTIONS}. */
  public DownloadOptions withMaxConnections(int maxConnections) {
    return new DownloadOptions(maxConnections, timeout, retry, fresh);
  }

  /** These options with another time for a whole reply, longer than zero. */
  public DownloadOptions withTimeout(Duration timeout) {
    return new DownloadOptions(maxConnections, timeout, retry, fresh);
  }

  /** These options with other retries; which failures are worth one is decided here. */
  public DownloadOptions withRetry(Retry retry) {
    return new DownloadOptions(maxConnections, timeout, retry, fresh);
  }

  /** These options, downloading everything anew or not. */
  public DownloadOptions withFresh(boolean fresh) {
    return new DownloadOptions(maxConnections, timeout, retry, fresh);
  }
}
