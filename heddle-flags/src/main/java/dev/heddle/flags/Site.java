package dev.heddle.flags;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * How a {@link FlagServer} behaves: at once and without fail, slowly, or slowly and unreliably. Immutable.
 *
 * <p>What happens to a request depends on the seed, the country and how often its flag was asked for before, and on nothing
 * else: two runs with the same seed see the same delays and failures, whatever their style.
 *
 * <p>Origin: the server labels LOCAL, DELAY and ERROR of "Fluent Python". Its replies take 0.5 to 5 s; here they take 50 to
 * 150 ms unless told otherwise, which is enough to see the difference.
 *
 * @param label what it is called
 * @param minDelay the shortest time before a reply
 * @param maxDelay the longest time before a reply, at least {@code minDelay}
 * @param errorShare the share of requests that fail, from 0 to 1; half of them with 503, which is worth another attempt, half
 *     with 418, which is not
 * @param seed what the delays and failures are drawn from
 */
public record Site(Label label, Duration minDelay, Duration maxDelay, double errorShare, long seed) {
  /** The seed unless another is asked for. */
  public static final long DEFAULT_SEED = 42;

  /** The sites there are. */
  public enum Label {
    /** Replies at once. */
    LOCAL,
    /** Replies after a random delay. */
    DELAY,
    /** Replies after a random delay, a quarter of the requests with an error. */
    ERROR;

    /**
     * The label a user typed, in either case.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Label parse(String typed) {
      return Arrays.stream(values())
          .filter(label -> label.name().equalsIgnoreCase(typed))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException(
              "site must be LOCAL (replies at once), DELAY (replies after a while) or ERROR (also fails a quarter of the"
                  + " time), but was '" + typed + "'"));
    }
  }

  /** Checks the values. */
  public Site {
    Objects.requireNonNull(label, "label must not be null");
    if (minDelay.isNegative() || maxDelay.compareTo(minDelay) < 0) {
      throw new IllegalArgumentException(
          "delays must be zero or more, the shortest first, but were " + minDelay.toMillis() + " ms and "
              + maxDelay.toMillis() + " ms; two equal ones make every reply take that long");
    }
    if (!(errorShare >= 0 && errorShare <= 1)) {
      throw new IllegalArgumentException(
          "errorShare must be from 0 to 1, but was " + errorShare + "; 0.25 lets every fourth request fail");
    }
  }

  /** The site of that name, with its usual delays and failures. */
  public static Site of(Label label) {
    return switch (label) {
      case LOCAL -> new Site(label, Duration.ZERO, Duration.ZERO, 0, DEFAULT_SEED);
      case DELAY -> new Site(label, Duration.ofMillis(50), Duration.ofMillis(150), 0, DEFAULT_SEED);
      case ERROR -> new Site(label, Duration.ofMillis(50), Duration.ofMillis(150), 0.25, DEFAULT_SEED);
    };
  }

  /** This site with another seed. */
  public Site withSeed(long seed) {
    return new Site(label, minDelay, maxDelay, errorShare, seed);
  }

  /** This site with other delays. */
  public Site withDelay(Duration shortest, Duration longest) {
    return new Site(label, shortest, longest, errorShare, seed);
  }

  /** What the site does, for people. */
  public String describe() {
    String when = "replies at once";
    if (!maxDelay.isZero()) {
      when = "replies after " + (minDelay.equals(maxDelay) ? "" : minDelay.toMillis() + " to ") + maxDelay.toMillis()
          + " ms";
    }
    return errorShare == 0 ? when : when + String.format(Locale.ROOT, ", fails %.0f%% of the time", 100 * errorShare);
  }

  /** What happens to one request. */
  record Fate(Duration delay, int status) {}

  /** What happens to the nth request for a flag; the first is 1. */
  Fate fate(String code, int nth) {
    SplittableRandom random = new SplittableRandom(31 * (31 * seed + code.hashCode()) + nth);
    Duration delay = minDelay.plusNanos(random.nextLong(maxDelay.minus(minDelay).toNanos() + 1));
    boolean fails = random.nextDouble() < errorShare;
    boolean passing = random.nextBoolean();
    return new Fate(delay, fails ? (passing ? 503 : 418) : 200);
  }
}
