package dev.heddle.asyncio.io;

import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.asyncio.task.Operation;
import dev.heddle.base.Describe;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A read, or another wait for what the peer sends. A stream has at most one. */
public abstract class StreamRead<T extends @Nullable Object> extends Operation<T> {
  private final LoopStream stream;
  private final String what;
  private @Nullable LoopTask<?> waiting;
  private EventLoop.@Nullable TimerHandle alarm;

  /** A read of the given stream; the second argument describes it as in "reading a line". */
  protected StreamRead(LoopStream stream, String what) {
    this.stream = stream;
    this.what = what;
  }

  /** Does what is possible now; returns PENDING if that is not enough. */
  protected abstract @Nullable Object attempt() throws IOException;

  /** Whether it waits for a message of which nothing has come, so that the stream can end here in good order. */
  boolean isBeforeMessage() {
    return false;
  }

  @Override
  protected @Nullable Object begin(LoopTask<?> task) throws IOException {
    stream.checkOwn(task);
    if (stream.reading != null) {
      throw new LoopStateException("another task is " + what + " on " + stream + "; only one task at a time may");
    }
    if (stream.isClosed()) {
      throw new ClosedChannelException();
    }
    stream.leftBeforeLine = false;
    Object result = attempt();
    if (result == PENDING) {
      waiting = task;
      stream.reading = this;
      stream.updateInterest();
      long limit = stream.limits().nextRead();
      if (limit > 0) {
        alarm = task.scheduler().callLater(limit, () -> late(limit));
      }
    } else {
      stream.limits().heard();
    }
    return result;
  }

  private void late(long limit) {
    alarm = null;
    stream.leftBeforeLine = isBeforeMessage();
    fail(
        new PeerTooSlow(
            what + " on " + stream + " has taken longer than the server's limit of "
                + Describe.duration(Duration.ofNanos(limit))
                + "; raise ListenOptions.firstRead or idle if peers may be silent for so long"));
  }

  void proceed() {
    LoopTask<?> task = waiting;
    if (task == null) {
      return;
    }
    try {
      Object result = attempt();
      if (result != PENDING) {
        stop();
        stream.limits().heard();
        task.wake(result);
      }
    } catch (Throwable e) { // also an OutOfMemoryError: a failure of one connection must not end the loop
      fail(e);
    }
  }

  void fail(Throwable error) {
    LoopTask<?> task = waiting;
    stop();
    if (task != null) {
      task.fail(error);
    }
  }

  private void stop() {
    waiting = null;
    stream.reading = null;
    stream.updateInterest();
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
  }

  @Override
  protected boolean withdraw(LoopTask<?> task) {
    stream.leftBeforeLine = isBeforeMessage();
    stop();
    return true;
  }

  @Override
  public String toString() {
    return what + " on " + stream;
  }
}
