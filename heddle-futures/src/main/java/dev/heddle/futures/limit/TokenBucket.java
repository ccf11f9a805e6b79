package dev.heddle.futures.limit;

import dev.heddle.base.Check;
import dev.heddle.base.Describe;
import dev.heddle.futures.Permit;
import dev.heddle.futures.Rate;
import dev.heddle.futures.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A limit on how many actions begin in a period. Thread-safe.
 *
 * <p>It has credit, in nanoseconds times permits, so that no rate is rounded: a nanosecond adds the rate's number of
 * permits, and a permit costs the nanoseconds of the period. While something waits, one timer is set, for the oldest wait;
 * credit may exceed the burst by less than a permit then, so that a timer that is late does not slow down the rate.
 */
public final class TokenBucket extends QueuedLimit {
  private static final Permit USED = () -> {};

  private final Rate rate;
  private final TimeSource time;
  private final long cost;
  private final long most;
  private long credit;
  private long last;
  private TimeSource.@Nullable Scheduled timer;

  /** A bucket that is full. */
  public TokenBucket(Rate rate) {
    this.rate = rate;
    this.time = rate.time();
    this.cost = Check.nanos(rate.period());
    this.most = cost * rate.burst();
    this.credit = most;
    this.last = time.nanoTime();
  }

  private void refill() {
    long now = time.nanoTime();
    long elapsed = now - last;
    if (elapsed > 0) {
      long cap = isAnyWaiting() ? most + cost - 1 : most;
      long room = Math.max(0, cap - credit);
      credit = elapsed > room / rate.permits() ? cap : credit + elapsed * rate.permits();
      last = now;
    } else if (elapsed < 0) {
      last = now; // a clock of the program's own was set back: otherwise there would be no permits until it is there again
    }
  }

  @Override
  @Nullable
  Permit take(PermitFuture.@Nullable Holder holder) {
    refill();
    if (credit < cost) {
      return null;
    }
    credit -= cost;
    return USED;
  }

  @Override
  public void takeBack(Permit unused) {
    underLock(() -> credit = Math.min(most, credit + cost));
    serve();
  }

  @Override
  void waits(int left) {
    if (left == 0) {
      if (timer != null) {
        timer.cancel();
        timer = null;
      }
    } else if (timer == null) {
      refill();
      long missing = Math.max(0, cost - credit);
      long nanos = missing / rate.permits() + (missing % rate.permits() == 0 ? 0 : 1);
      timer = time.schedule(Duration.ofNanos(nanos), this::due);
    }
  }

  private void due() {
    underLock(() -> {
      timer = null;
      return null;
    });
    serve();
  }

  @Override
  public boolean isIdle() {
    return time != TimeSource.system(); // a clock of the program's own may stand still
  }

  @Override
  boolean isUnused() {
    refill();
    return credit >= most;
  }

  @Override
  public String toString() {
    return "<Limit of " + rate.permits() + " in " + Describe.duration(rate.period()) + ", " + waiting() + " waiting>";
  }
}
