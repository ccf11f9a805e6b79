package dev.heddle.asyncio.task;

import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.Cancelled;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.Promise;
import dev.heddle.asyncio.Task;
import dev.heddle.asyncio.diagnostics.WaitNode;
import dev.heddle.asyncio.loop.Resumable;
import dev.heddle.base.Check;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A task's wait: what it waits for, how the wait ends, how it is cancelled, and its place in the wait-for graph. A
 * superclass for the reason of {@link TaskResult}.
 *
 * @param <T> the type of the result
 */
abstract sealed class WaitingTask<T extends @Nullable Object> extends TaskResult<T> permits LoopTask {
  /** What it waits for: an operation or a task; null if it is ready to run, runs, or has ended. */
  @Nullable
  Awaitable<?> awaited;

  @Nullable
  CancelRequests cancellation;

  WaitingTask(TaskHost host, int id, @Nullable String name) {
    super(host, id, name);
  }

  // ---- cancelling ----

  public final boolean cancel() {
    return cancel("");
  }

  public final boolean cancel(String reason) {
    Check.notNull(reason, "reason");
    if (isDone()) {
      return false;
    }
    if (scheduler().isInside()) {
      request(reason);
      return true;
    }
    return scheduler().post(() -> request(reason));
  }

  /** Requests its cancellation; returns the number of the request, 0 if the task has ended. */
  public long request(String reason) {
    if (isDone()) {
      return 0;
    }
    CancelRequests requests = cancellation;
    if (requests == null) {
      requests = new CancelRequests();
      cancellation = requests;
    }
    long number = requests.request(reason);
    switch (awaited) {
      case null -> {
        if (failure instanceof Cancelled) { // a signal is on its way, and covers this request, too
          failure = requests.deliver(name());
        } // else it is ready to run, or running: at its next await
      }
      case Task<?> other ->
        host.cancelRelay().passOn(self(), LoopTask.of(other), "task '" + name() + "', which waits for it, was cancelled");
      case Operation<?> operation -> {
        if (operation.withdraw(self())) {
          fail(requests.deliver(name()));
        }
      }
      case CoroutineFrame<?> _,Promise<?> _ -> throw new IllegalStateException("a task does not wait for " + awaited);
    }
    return number;
  }

  public final int cancelling() {
    return cancellation == null ? 0 : cancellation.requests();
  }

  public final int uncancel() {
    return cancellation == null ? 0 : cancellation.withdrawAny();
  }

  /** Delivers a request that was delivered once more, at the next await. */
  public void requestAgain() {
    if (cancellation != null) {
      cancellation.again();
    }
  }

  /** Takes the requests that were not delivered yet as delivered, until {@link #requestAgain}; false if there are none. */
  public boolean postpone() {
    return cancellation != null && cancellation.postpone();
  }

  /** Withdraws the request with the given number; returns how many are left. */
  public int withdraw(long number) {
    return number == 0 || cancellation == null ? cancelling() : cancellation.withdraw(number);
  }

  // ---- waking ----

  /** Ends its wait with a result. */
  public void wake(@Nullable Object result) {
    awaited = null;
    value = result;
    scheduler().ready((Resumable) self());
  }

  /** Ends its wait with an exception. */
  public void fail(Throwable error) {
    awaited = null;
    failure = error;
    scheduler().ready((Resumable) self());
  }

  /**
   * Ends its wait with the cancellation signal if one is pending, else with an exception.
   *
   * @param otherwise the exception; an exception that is more than a sign of the cancellation is suppressed in the signal
   */
  public void failCancelled(Throwable otherwise) {
    if (cancellation == null || !cancellation.isPending()) {
      fail(otherwise);
      return;
    }
    Cancelled signal = cancellation.deliver(name());
    if (!(otherwise instanceof InterruptedException
        || otherwise instanceof Cancelled
        || otherwise instanceof CancellationException)) {
      signal.addSuppressed(otherwise);
    }
    fail(signal);
  }

  @Override
  protected void fire() {
    wake(null);
  }

  /** Ends its wait for another task, which has ended. */
  void wakeBy(LoopTask<?> other) {
    Throwable error = other.errorFor(self());
    if (error == null) {
      wake(other.value);
    } else if (other.isCancelled()) {
      failCancelled(error); // a request of this task was passed on to the other and has come back
    } else {
      fail(error);
    }
  }

  // ---- wait-for graph ----

  @Override
  public boolean isBound() {
    return awaited instanceof Task<?> || (awaited instanceof Operation<?> operation && operation.isBinding());
  }

  @Override
  public boolean canBreakOff() {
    return awaited instanceof Task<?> || (awaited instanceof Operation<?> operation && operation.canBreakOff());
  }

  @Override
  public Stream<? extends WaitNode> needs() {
    return switch (awaited) {
      case LoopTask<?> other -> Stream.of(other);
      case Operation<?> operation -> operation.needs();
      case null, default -> Stream.empty();
    };
  }

  @Override
  public @Nullable WaitNode awaitedTask() {
    return awaited instanceof LoopTask<?> other ? other : null;
  }

  @Override
  public void breakOff(LoopStateException error) {
    switch (awaited) {
      case LoopTask<?> other -> other.forget(this);
      case Operation<?> operation -> operation.breakOff(self());
      case null, default -> throw new IllegalStateException("task '" + name() + "' does not wait");
    }
    fail(error);
  }

  // ---- text ----

  @Override
  public String doing() {
    return switch (awaited) {
      case null -> isDone() ? "ended" : host.currentTask() == self() ? "running" : "ready to run";
      case Task<?> other -> "waiting for task '" + other.name() + "'";
      case Awaitable<?> operation -> operation.toString();
    };
  }

  @Override
  public String toString() {
    return "<Task " + name() + ": " + (isDone() ? ending() : doing()) + ">";
  }
}
