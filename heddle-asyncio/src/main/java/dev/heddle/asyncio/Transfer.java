package dev.heddle.asyncio;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/** Waits until the channel of a stream has given or taken enough. One reads and one writes at a time. */
abstract class Transfer<T extends @Nullable Object> extends Operation<T> {
  private final TcpStream stream;
  private final int operation;
  private final String what;
  private @Nullable Task<?> waiting;

  Transfer(TcpStream stream, int operation, String what) {
    this.stream = stream;
    this.operation = operation;
    this.what = what;
  }

  /** Does what can be done now; PENDING if that is not enough. */
  abstract @Nullable Object attempt() throws IOException;

  @Override
  @Nullable
  Object begin(Task<?> task) throws IOException {
    if (task.loop != stream.loop) {
      task.loop.checkOwn(stream.loop, stream.toString());
    }
    boolean write = operation == SelectionKey.OP_WRITE;
    if ((write ? stream.writing : stream.reading) != null) {
      throw new LoopStateException("another task is " + what + " on " + stream + "; one task at a time may");
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
    Task<?> task = waiting;
    if (task == null) {
      return;
    }
    try {
      Object result = attempt();
      if (result != PENDING) {
        stop();
        task.wake(result);
      }
    } catch (Throwable e) { // also an OutOfMemoryError: one connection's trouble must not end the loop
      fail(e);
    }
  }

  void fail(Throwable error) {
    Task<?> task = waiting;
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
  boolean withdraw(Task<?> task) {
    stop();
    return true;
  }

  @Override
  public String toString() {
    return what + " on " + stream;
  }
}
