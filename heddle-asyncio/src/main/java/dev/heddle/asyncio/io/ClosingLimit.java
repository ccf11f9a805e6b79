package dev.heddle.asyncio.io;

import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.loop.Scheduler;
import dev.heddle.base.Describe;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time that a closed stream of a server waits for a peer that does not read what was written: in each period of the idle
 * limit it must take as much as a drain waits for, or the rest. Else such peers would keep descriptors and memory that no
 * limit counts.
 */
final class ClosingLimit {
  /** The number of bytes to take in each period, if there are so many. */
  private static final long LEAST = 48 * 1024;

  private final LoopStream stream;
  private final Scheduler scheduler;
  private EventLoop.@Nullable TimerHandle alarm;

  ClosingLimit(LoopStream stream, Scheduler scheduler) {
    this.stream = stream;
    this.scheduler = scheduler;
  }

  /** Begins a period, if there is a limit. */
  void begin() {
    long limit = stream.limits().idle();
    if (limit > 0) {
      long before = stream.unsent();
      alarm = scheduler.callLater(limit, () -> check(before, limit));
    }
  }

  private void check(long before, long limit) {
    alarm = null;
    if (before - stream.unsent() >= LEAST) {
      begin();
    } else {
      stream.output().fail(
          new PeerTooSlow(
              "the peer of " + stream + " has not read what was written before it was closed within the server's limit of "
                  + Describe.duration(Duration.ofNanos(limit)) + "; raise ListenOptions.idle if peers may be slow"));
      stream.abort();
    }
  }

  void end() {
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
  }
}
