package dev.heddle.asyncio.io;

import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.asyncio.task.Operation;
import dev.heddle.base.Describe;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Waits until most or all of what was written is sent. */
final class StreamDrain extends Operation<@Nullable Void> {
  private final LoopStream stream;
  private final long high;
  private final long low;
  private @Nullable LoopTask<?> waiting;
  private EventLoop.@Nullable TimerHandle alarm;

  /** Waits if more than {@code high} bytes are unsent, until at most {@code low} are. */
  StreamDrain(LoopStream stream, long high, long low) {
    this.stream = stream;
    this.high = high;
    this.low = low;
  }

  @Override
  protected @Nullable Object begin(LoopTask<?> task) throws IOException {
    stream.checkOwn(task);
    stream.flush();
    stream.output().checkUnbroken();
    if (stream.unsent() <= high) {
      return null;
    }
    waiting = task;
    stream.output().waits(this);
    long limit = stream.limits().idle();
    if (limit > 0) {
      alarm = task.scheduler().callLater(limit, () -> late(limit));
    }
    return PENDING;
  }

  private void late(long limit) {
    alarm = null;
    wake(
        new PeerTooSlow(
            "the peer of " + stream + " has not read what was written for longer than the server's limit of "
                + Describe.duration(Duration.ofNanos(limit)) + "; raise ListenOptions.idle if peers may be slow"));
  }

  /** Ends the wait if enough is sent, or the stream is broken. */
  void proceed() {
    try {
      stream.output().checkUnbroken();
      if (stream.unsent() <= low) {
        wake(null);
      }
    } catch (IOException e) {
      wake(e);
    }
  }

  private void wake(@Nullable Throwable error) {
    LoopTask<?> task = waiting;
    stop();
    if (task != null && error != null) {
      task.fail(error);
    } else if (task != null) {
      task.wake(null);
    }
  }

  private void stop() {
    waiting = null;
    stream.output().stops(this);
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
  }

  @Override
  protected boolean withdraw(LoopTask<?> task) {
    stop();
    return true;
  }

  @Override
  public String toString() {
    return "draining on " + stream;
  }
}
