package dev.heddle.flags.server;

import dev.heddle.flags.ServerProfile;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * The delay and the status of one reply, drawn from the seed of a profile. Immutable.
 *
 * @param delay the time before the reply
 * @param status 200, or the status of a failure
 */
public record ResponsePlan(Duration delay, int status) {

  /** Returns the plan for the nth request for a flag; the first is 1. */
  public static ResponsePlan of(ServerProfile profile, String code, int nth) {
    SplittableRandom random = new SplittableRandom(31 * (31 * profile.seed() + code.hashCode()) + nth);
    long range = profile.maxDelay().minus(profile.minDelay()).toNanos();
    Duration delay = profile.minDelay().plusNanos(random.nextLong(range + 1));
    boolean fails = random.nextDouble() < profile.errorShare();
    boolean isTransient = random.nextBoolean();
    return new ResponsePlan(delay, fails ? (isTransient ? 503 : 418) : 200);
  }
}
