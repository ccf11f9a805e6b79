package dev.heddle.asyncio.task;

import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.Cancelled;
import dev.heddle.asyncio.LoopProblem;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.Task;
import dev.heddle.asyncio.diagnostics.WaitNode;
import dev.heddle.asyncio.loop.Step;
import dev.heddle.base.Check;
import dev.heddle.futures.ContextCarrier;
import dev.heddle.futures.Future;
import dev.heddle.iter.BodyKind;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A task: runs the coroutines on its stack step by step, waits for what they await, and is cancelled.
 *
 * <p>Task, outcome, timer and ready-queue entry are one object, since a loop may have a million of them.
 *
 * @param <T> the type of the result
 */
public final class LoopTask<T extends @Nullable Object> extends TaskResult<T>
    implements
      Task<T>,
      Step,
      LinkedNodes.Node<LoopTask<?>> {
  /** The innermost coroutine; null once the task has ended. */
  private @Nullable CoroutineFrame<?> frame;

  /** What it waits for: an operation or a task; null if it is ready to run, runs, or has ended. */
  private @Nullable Awaitable<?> awaited;

  private @Nullable CancelRequests cancellation;

  /** The values of context variables. */
  private @Nullable ContextValues context;

  private ContextCarrier.@Nullable Context carried;

  private boolean owned;

  private @Nullable LoopTask<?> previous;
  private @Nullable LoopTask<?> next;

  /** A task that has not been made ready yet; takes the coroutine. */
  public LoopTask(TaskHost host, int id, @Nullable String name, CoroutineFrame<T> outermost) {
    super(host, id, name);
    outermost.claim(host);
    this.frame = outermost;
    this.failure = outermost.raisedAtEntry();
  }

  /** Returns the implementation of a task. */
  public static <T extends @Nullable Object> LoopTask<T> of(Task<T> task) {
    return switch (task) {
      case LoopTask<T> implementation -> implementation;
    };
  }

  /** Returns something awaitable as a task of the given host: itself if it is a task, else a new task. */
  public static <T extends @Nullable Object> LoopTask<T> toTask(TaskHost host, Awaitable<T> what) {
    return switch (what) {
      case Task<T> task -> {
        LoopTask<T> known = of(task);
        host.checkOwn(known.host, "task '" + task.name() + "'");
        yield known;
      }
      case CoroutineFrame<T> coroutine -> host.newTask(coroutine, null);
      case Operation<T> operation -> host.newTask(AsyncCoroutine.of(OwnLookup.HERE, a -> a.await(operation)), null);
    };
  }

  @Override
  LoopTask<T> self() {
    return this;
  }

  /** Marks a task as owned by a server: it may live until the end of the run, and then ends without a report. */
  public void markOwned() {
    owned = true;
  }

  /** Whether it is owned by a server. */
  public boolean isOwned() {
    return owned;
  }

  // ---- context ----

  /** Gives a new task the context variables of the task that makes it, and the context to run in. */
  public void inherit(@Nullable LoopTask<?> creator, ContextCarrier.@Nullable Context within) {
    context = creator == null ? null : creator.context;
    carried = within;
  }

  @Nullable
  ContextValues context() {
    return context;
  }

  void setContext(@Nullable ContextValues values) {
    context = values;
  }

  ContextCarrier.@Nullable Context carried() {
    return carried;
  }

  /** Returns the values of its context variables, to be seen on another thread. */
  public CarriedValues carriedValues() {
    return new CarriedValues(context);
  }

  // ---- cancelling ----

  @Override
  public boolean cancel() {
    return cancel("");
  }

  @Override
  public boolean cancel(String reason) {
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
        host.cancelRelay().passOn(this, of(other), "task '" + name() + "', which waits for it, was cancelled");
      case Operation<?> operation -> {
        if (operation.withdraw(this)) {
          fail(requests.deliver(name()));
        }
      }
      case CoroutineFrame<?> _ -> throw new IllegalStateException("a task does not wait for a frame");
    }
    return number;
  }

  @Override
  public int cancelling() {
    return cancellation == null ? 0 : cancellation.requests();
  }

  @Override
  public int uncancel() {
    return cancellation == null ? 0 : cancellation.withdrawAny();
  }

  /** Delivers a request that was delivered once more, at the next await. */
  public void requestAgain() {
    if (cancellation != null) {
      cancellation.again();
    }
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
    scheduler().ready((Step) this);
  }

  /** Ends its wait with an exception. */
  public void fail(Throwable error) {
    awaited = null;
    failure = error;
    scheduler().ready((Step) this);
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
    Throwable error = other.error();
    if (error == null) {
      wake(other.value);
    } else if (other.isCancelled()) {
      failCancelled(error); // a request of this task was passed on to the other and has come back
    } else {
      fail(error);
    }
  }

  // ---- running ----

  @Override
  public void step() {
    ContextCarrier.Context within = carried;
    if (within == null) {
      run();
      return;
    }
    try {
      within.<@Nullable Object>call(
          () -> {
            run();
            return null;
          });
    } catch (Exception e) {
      if (isDone()) {
        scheduler().problems()
            .report(LoopProblem.Kind.CALLBACK_FAILURE, "the context carrier of task '" + name() + "' threw " + e, e);
      } else {
        finish(FAILED, null, e); // thrown by the carrier itself
      }
    }
  }

  private void run() {
    Object sent = value;
    Throwable raised = failure;
    value = null;
    failure = null;
    CoroutineFrame<?> at = frame;
    while (at != null) {
      Object wanted;
      try {
        wanted = at.resume(sent, raised);
        if (wanted == BodyKind.ENDED) {
          sent = at.returned(at.result());
        } else if (wanted instanceof BodyKind.Emitted(Object element)) {
          sent = at.emitted(element);
          wanted = BodyKind.ENDED;
        }
      } catch (Throwable t) {
        sent = null;
        raised = at.thrown(t);
        CoroutineFrame<?> below = at.leave();
        if (below == null) {
          endBy(raised);
        }
        at = below;
        continue;
      }
      if (wanted == BodyKind.ENDED) {
        raised = null;
        at = at.leave();
        if (at == null) {
          finish(FINISHED, sent, null);
        }
        continue;
      }
      sent = null;
      raised = null;
      try {
        if (wanted instanceof CoroutineFrame<?> inner) {
          inner.claim(host);
          inner.enterFrom(at);
          at = inner;
          raised = inner.raisedAtEntry();
          continue;
        }
        frame = at;
        sent = beginWait(wanted);
        if (sent == Operation.PENDING) {
          return;
        }
      } catch (Throwable t) {
        awaited = null;
        raised = t;
      }
      if (scheduler().budget().spend()) { // what has completed is delivered in the next turn
        value = sent;
        failure = raised;
        scheduler().ready((Step) this);
        return;
      }
    }
  }

  /** Begins to wait for something; returns its result if it is there already, else PENDING. */
  private @Nullable Object beginWait(@Nullable Object wanted) throws Exception {
    CancelRequests requests = cancellation;
    if (requests != null && requests.isPending()) {
      throw requests.deliver(name());
    }
    if (wanted instanceof Operation<?> operation) {
      awaited = operation;
      Object result = operation.begin(this);
      if (result != Operation.PENDING) {
        awaited = null;
      }
      return result;
    }
    return switch (wanted) {
      case LoopTask<?> other -> beginWaitFor(other);
      case Future<?> future -> beginWait(new FutureWait<>(future));
      case CompletionStage<?> stage -> beginWait(new StageWait<>(stage));
      case null -> throw new NullPointerException("what to await must not be null");
      default -> throw new IllegalArgumentException(wanted.getClass() + " cannot be awaited");
    };
  }

  private @Nullable Object beginWaitFor(LoopTask<?> other) {
    host.checkOwn(other.host, "task '" + other.name() + "'");
    if (other.isDone()) {
      Throwable error = other.error();
      if (error != null) {
        throw Unchecked.rethrow(error);
      }
      return other.value;
    }
    host.deadlocks().check(this, other);
    awaited = other;
    other.observers = TaskObservers.with(other.observers, this);
    return Operation.PENDING;
  }

  private void endBy(@Nullable Throwable thrown) {
    if (thrown == null) {
      finish(FINISHED, null, null);
    } else if (thrown instanceof Cancelled) {
      finish(CANCELLED, null, thrown);
    } else {
      finish(FAILED, null, thrown);
    }
  }

  private void finish(byte how, @Nullable Object result, @Nullable Throwable error) {
    frame = null;
    context = null;
    carried = null;
    end(how, result, error);
  }

  /** Ends it as cancelled although its body has not ended, so that threads outside the loop do not wait for it. */
  public void giveUp() {
    if (!isDone()) {
      finish(CANCELLED, null, new Cancelled("the run of its event loop has ended without it"));
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
      case Operation<?> operation -> operation.breakOff(this);
      case null, default -> throw new IllegalStateException("task '" + name() + "' does not wait");
    }
    fail(error);
  }

  // ---- text and links ----

  @Override
  public String doing() {
    return switch (awaited) {
      case null -> isDone() ? "ended" : host.currentTask() == this ? "running" : "ready to run";
      case Task<?> other -> "waiting for task '" + other.name() + "'";
      case Awaitable<?> operation -> operation.toString();
    };
  }

  @Override
  public String toString() {
    return "<Task " + name() + ": " + (isDone() ? ending() : doing()) + ">";
  }

  @Override
  public @Nullable LoopTask<?> previous() {
    return previous;
  }

  @Override
  public @Nullable LoopTask<?> next() {
    return next;
  }

  @Override
  public void link(@Nullable LoopTask<?> previous, @Nullable LoopTask<?> next) {
    this.previous = previous;
    this.next = next;
  }
}
