package dev.heddle.flags;

import dev.heddle.base.Check;
import dev.heddle.base.Describe;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * The behaviour of a {@link FlagServer}: the delay of its replies and the share of them that fail. Immutable.
 *
 * <p>The delay and the status of a reply depend only on the seed, the country and the number of earlier requests for its
 * flag: two runs with the same seed meet the same delays and failures in every style.
 *
 * <p>Origin: the server labels LOCAL, DELAY and ERROR of "Fluent Python". Its replies take 0.5 to 5 s; here the default is
 * 50 to 150 ms.
 *
 * @param label the name of the profile
 * @param minDelay the shortest time before a reply
 * @param maxDelay the longest time before a reply, at least {@code minDelay}
 * @param errorShare the share of requests that fail, from 0 to 1; half of them with 503, which is transient, half with 418,
 *     which is not
 * @param seed the seed of the delays and failures
 */
public record ServerProfile(Label label, Duration minDelay, Duration maxDelay, double errorShare, long seed) {
  /** The default seed. */
  public static final long DEFAULT_SEED = 42;

  /** The names of the profiles. */
  public enum Label {
    /** Replies at once. */
    LOCAL,
    /** Replies after a random delay. */
    DELAY,
    /** Replies after a random delay, a quarter of the requests with an error. */
    ERROR;

    /**
     * Returns the label with a name, in upper or lower case.
     *
     * @throws IllegalArgumentException if there is no such label
     */
    public static Label parse(String typed) {
      return Arrays.stream(values())
          .filter(label -> label.name().equalsIgnoreCase(typed))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException(
              "label must be LOCAL (replies at once), DELAY (replies after a delay) or ERROR (also fails a quarter of the"
                  + " requests), but was '" + typed + "'"));
    }
  }

  /** Checks the values. */
  public ServerProfile {
    Objects.requireNonNull(label, "label must not be null");
    Check.notNegative(minDelay, "minDelay", "zero is for replies at once");
    Check.notNegative(maxDelay, "maxDelay", "zero is for replies at once");
    if (maxDelay.compareTo(minDelay) < 0) {
      throw new IllegalArgumentException(
          "maxDelay must be at least minDelay, " + Describe.duration(minDelay) + ", but was " + Describe.duration(maxDelay)
              + "; give two equal ones for a constant delay");
    }
    if (!(errorShare >= 0 && errorShare <= 1)) {
      throw new IllegalArgumentException(
          "errorShare must be from 0 to 1, but was " + errorShare + "; 0.25 fails a quarter of the requests");
    }
  }

  /** Returns the profile of a label, with its default delays and failures. */
  public static ServerProfile of(Label label) {
    return switch (label) {
      case LOCAL -> new ServerProfile(label, Duration.ZERO, Duration.ZERO, 0, DEFAULT_SEED);
      case DELAY -> new ServerProfile(label, Duration.ofMillis(50), Duration.ofMillis(150), 0, DEFAULT_SEED);
      case ERROR -> new ServerProfile(label, Duration.ofMillis(50), Duration.ofMillis(150), 0.25, DEFAULT_SEED);
    };
  }

  /** Returns this profile with another seed. */
  public ServerProfile withSeed(long seed) {
    return new ServerProfile(label, minDelay, maxDelay, errorShare, seed);
  }

  /** Returns this profile with other delays. */
  public ServerProfile withDelay(Duration shortest, Duration longest) {
    return new ServerProfile(label, shortest, longest, errorShare, seed);
  }

  /** Returns a description such as "replies after 50 to 150 ms". */
  public String describe() {
    String when = "replies at once";
    if (!maxDelay.isZero()) {
      when = "replies after " + (minDelay.equals(maxDelay) ? "" : minDelay.toMillis() + " to ") + maxDelay.toMillis()
          + " ms";
    }
    return errorShare == 0 ? when : when + String.format(Locale.ROOT, ", fails %.0f%% of the requests", 100 * errorShare);
  }
}
