package dev.heddle.flags;

import dev.heddle.base.Check;
import dev.heddle.futures.KeyedLimit;
import dev.heddle.futures.Limit;
import dev.heddle.futures.Rate;
import dev.heddle.futures.Retry;
import dev.heddle.timeline.TimelineRecorder;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The options of a download. Immutable.
 *
 * @param maxConnections the maximum number of requests at once, from 1 to {@link #MOST_CONNECTIONS}; some styles and short
 *     lists use fewer
 * @param timeout the maximum time for a reply, from the request to the last byte of the body; longer than zero
 * @param retry how often and when a request is repeated after a transient failure: status 408, 429 or 5xx, a lost
 *     connection, a time-out. If the server asks for a longer pause (Retry-After), that is used
 * @param fresh whether to download all files again, instead of only those that are missing or have changed
 * @param limits the most that is taken from the server
 * @param rate how many requests may begin in a period, repeated ones included; null means any number
 * @param perHost how many requests to one host may be under way at once, at least 1; 0 means any number
 * @param timeline records when each flag was downloaded; null records nothing
 */
public record DownloadOptions(
    int maxConnections, Duration timeout, Retry retry, boolean fresh, TransferLimits limits, @Nullable Rate rate,
    int perHost,
    @Nullable TimelineRecorder timeline) {
  /** The upper limit of {@code maxConnections}, which protects the server; origin: {@code MAX_CONCUR_REQ}. */
  public static final int MOST_CONNECTIONS = 1_000;

  private static final DownloadOptions DEFAULTS = new DownloadOptions(30, Duration.ofSeconds(10), Retry.times(4), false,
      TransferLimits.defaults(), null, 0, null);

  /** Checks the values. */
  public DownloadOptions {
    if (maxConnections < 1 || maxConnections > MOST_CONNECTIONS) {
      throw new IllegalArgumentException(
          "maxConnections must be from 1 to " + MOST_CONNECTIONS + ", but was " + maxConnections
              + "; 1 downloads one flag at a time");
    }
    Check.positive(timeout, "timeout", "it limits the time of a whole reply");
    Objects.requireNonNull(retry, "retry must not be null");
    Objects.requireNonNull(limits, "limits must not be null; TransferLimits.defaults() are for files like flags");
    Check.notNegative(perHost, "perHost", "0 means any number");
  }

  /**
   * Returns the defaults: 30 connections, 10 s for a reply, 3 retries, only files that are missing or have
   * changed, and the default limits.
   */
  public static DownloadOptions defaults() {
    return DEFAULTS;
  }

  /** Returns these options with another maximum number of connections, from 1 to {@link #MOST_CONNECTIONS}. */
  public DownloadOptions withMaxConnections(int maxConnections) {
    return new DownloadOptions(maxConnections, timeout, retry, fresh, limits, rate, perHost, timeline);
  }

  /** Returns these options with another time-out, longer than zero. */
  public DownloadOptions withTimeout(Duration timeout) {
    return new DownloadOptions(maxConnections, timeout, retry, fresh, limits, rate, perHost, timeline);
  }

  /**
   * Returns these options with another retry policy; its condition is ignored, since only transient failures are retried.
   */
  public DownloadOptions withRetry(Retry retry) {
    return new DownloadOptions(maxConnections, timeout, retry, fresh, limits, rate, perHost, timeline);
  }

  /** Returns these options with {@code fresh} set or not. */
  public DownloadOptions withFresh(boolean fresh) {
    return new DownloadOptions(maxConnections, timeout, retry, fresh, limits, rate, perHost, timeline);
  }

  /** Returns these options with other limits of what is taken from the server. */
  public DownloadOptions withLimits(TransferLimits limits) {
    return new DownloadOptions(maxConnections, timeout, retry, fresh, limits, rate, perHost, timeline);
  }

  /** Returns these options with a recorder of the attempts, a lane for each download at once. */
  public DownloadOptions withTimeline(TimelineRecorder timeline) {
    return new DownloadOptions(
        maxConnections, timeout, retry, fresh, limits, rate, perHost, Check.notNull(timeline, "timeline"));
  }

  /** Returns these options with a rate at which requests may begin. */
  public DownloadOptions withRate(Rate rate) {
    return new DownloadOptions(
        maxConnections, timeout, retry, fresh, limits, Objects.requireNonNull(rate, "rate must not be null"), perHost,
        timeline);
  }

  /** Returns these options with a number of requests to one host at once, at least 1. */
  public DownloadOptions withPerHost(int perHost) {
    Check.positive(perHost, "perHost", "with none, nothing could ever be downloaded");
    return new DownloadOptions(maxConnections, timeout, retry, fresh, limits, rate, perHost, timeline);
  }

  /** Returns a new limit for the requests of one run to a host; null if there is none. */
  @Nullable
  Limit limitFor(String host) {
    Limit atOnce = perHost == 0 ? null : KeyedLimit.<String>concurrent(perHost).forKey(host);
    Limit begun = rate == null ? null : Limit.rate(rate);
    return atOnce == null || begun == null ? atOnce == null ? begun : atOnce : atOnce.and(begun);
  }
}
