package dev.heddle.asyncio.io;

import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.asyncio.task.Operation;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/** A read or write that waits until the channel is ready. A stream has at most one of each. */
abstract class SocketTransfer<T extends @Nullable Object> extends Operation<T> {
  private final SocketStream stream;
  private final int operation;
  private final String what;
  private @Nullable LoopTask<?> waiting;

  SocketTransfer(SocketStream stream, int operation, String what) {
    this.stream = stream;
    this.operation = operation;
    this.what = what;
  }

  /** Does what is possible now; returns PENDING if that is not enough. */
  abstract @Nullable Object attempt() throws IOException;

  @Override
  protected @Nullable Object begin(LoopTask<?> task) throws IOException {
    if (task.host() != stream.host()) {
      task.host().checkOwn(stream.host(), stream.toString());
    }
    boolean write = operation == SelectionKey.OP_WRITE;
    if ((write ? stream.writing : stream.reading) != null) {
      throw new LoopStateException("another task is " + what + " on " + stream + "; only one task at a time may");
    }
    if (stream.isClosed() && !write) {
      throw new ClosedChannelException();
    }
    Object result = attempt();
    if (result == PENDING) {
      waiting = task;
      if (write) {
        stream.writing = this;
      } else {
        stream.reading = this;
      }
      stream.interest(operation, true);
    }
    return result;
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
    if (operation == SelectionKey.OP_WRITE) {
      stream.writing = null;
    } else {
      stream.reading = null;
      stream.interest(operation, false);
    }
  }

  @Override
  protected boolean withdraw(LoopTask<?> task) {
    stop();
    return true;
  }

  @Override
  public String toString() {
    return what + " on " + stream;
  }
}
