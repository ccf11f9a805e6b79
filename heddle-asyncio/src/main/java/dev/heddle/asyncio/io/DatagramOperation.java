package dev.heddle.asyncio.io;

import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.asyncio.task.Operation;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** A message that is sent or received as soon as the socket allows it. */
abstract class DatagramOperation<T extends @Nullable Object> extends Operation<T> {
  private final LoopDatagramEndpoint endpoint;
  private final String what;
  private @Nullable LoopTask<?> task;
  private boolean begun;

  DatagramOperation(LoopDatagramEndpoint endpoint, String what) {
    this.endpoint = endpoint;
    this.what = what;
  }

  /** Does it if that is possible now; returns its value, or PENDING. */
  abstract @Nullable Object attempt() throws IOException;

  /** Checks that no other task is at it, if only one may be. */
  void checkAlone() {}

  /** Adds it to those that wait for the socket, or removes it. */
  abstract void waits(boolean waiting);

  @Override
  protected @Nullable Object begin(LoopTask<?> waiter) throws IOException {
    if (begun) {
      throw new LoopStateException("this operation was already awaited (" + this + "); call the method that makes it again");
    }
    begun = true;
    waiter.host().checkOwn(endpoint.host, endpoint.toString());
    if (endpoint.isClosed()) {
      throw new ClosedChannelException();
    }
    checkAlone(); // before it takes a message that another task waits for
    Object result = attempt();
    if (result == PENDING) {
      waits(true);
      task = waiter;
    }
    return result;
  }

  /** Tries again; returns whether it is over. */
  boolean proceed() {
    LoopTask<?> waiter = task;
    if (waiter == null) {
      return true;
    }
    try {
      Object result = attempt();
      if (result == PENDING) {
        return false;
      }
      task = null;
      waiter.wake(result);
    } catch (Throwable e) { // of whatever kind: it must not end the loop
      fail(e);
    }
    return true;
  }

  void fail(Throwable error) {
    LoopTask<?> waiter = task;
    task = null;
    if (waiter != null) {
      waiter.fail(error);
    }
  }

  @Override
  protected boolean withdraw(LoopTask<?> waiter) {
    if (task == null) {
      return false;
    }
    task = null;
    waits(false);
    return true;
  }

  @Override
  public String toString() {
    return what + " on " + endpoint;
  }
}
