package dev.heddle.asyncio.task;

import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.Cancelled;
import dev.heddle.asyncio.LoopProblem;
import dev.heddle.asyncio.Promise;
import dev.heddle.asyncio.Task;
import dev.heddle.asyncio.loop.Resumable;
import dev.heddle.futures.ContextCarrier;
import dev.heddle.futures.Future;
import dev.heddle.futures.Permit;
import dev.heddle.iter.BodyKind;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A task: runs the coroutines on its stack step by step, and begins to wait for what they await.
 *
 * <p>Task, outcome, timer and ready-queue entry are one object, since a loop may have a million of them.
 *
 * @param <T> the type of the result
 */
public final class LoopTask<T extends @Nullable Object> extends WaitingTask<T>
    implements
      Task<T>,
      Resumable,
      LinkedNodes.Node<LoopTask<?>> {
  /** A server owns it. */
  private static final byte OWNED = 1;

  /** The trace of its failure names a task that awaits it. */
  private static final byte NAMED = 2;

  /** The innermost coroutine; null once the task has ended. */
  private @Nullable CoroutineFrame<?> frame;

  /** The values of context variables. */
  private @Nullable ContextValues context;

  private ContextCarrier.@Nullable Captured carried;

  /** {@link #OWNED} and {@link #NAMED}: one byte, since a further field would cost each task eight. */
  private byte flags;

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
      case Operation<T> operation -> awaiting(host, operation);
      case Promise<T> promise -> awaiting(host, promise);
    };
  }

  private static <T extends @Nullable Object> LoopTask<T> awaiting(TaskHost host, Awaitable<T> what) {
    return host.newTask(AsyncCoroutine.of(OwnLookup.HERE, a -> a.await(what)), null);
  }

  @Override
  LoopTask<T> self() {
    return this;
  }

  /** Marks a task as owned by a server: it may live until the end of the run, and then ends without a report. */
  public void markOwned() {
    flags |= OWNED;
  }

  /** Whether it is owned by a server. */
  public boolean isOwned() {
    return (flags & OWNED) != 0;
  }

  // ---- context ----

  /** Gives a new task the context variables of the task that makes it, and the context to run in. */
  public void inherit(@Nullable LoopTask<?> creator, ContextCarrier.@Nullable Captured within) {
    context = creator == null ? CarriedValues.here() : creator.context;
    carried = within;
  }

  @Nullable
  ContextValues context() {
    return context;
  }

  void setContext(@Nullable ContextValues values) {
    context = values;
  }

  ContextCarrier.@Nullable Captured carried() {
    return carried;
  }

  /** Returns the values of its context variables, to be seen on another thread. */
  public CarriedValues carriedValues() {
    return CarriedValues.of(context);
  }

  // ---- running ----

  @Override
  public void step() {
    ContextCarrier.Captured within = carried;
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
    if (at != null && raised != null) {
      AwaitTraces.thrownAt(at, raised);
    }
    while (at != null) {
      Object wanted;
      boolean yielded = false;
      try {
        wanted = at.resume(sent, raised);
        if (wanted == BodyKind.ENDED) {
          sent = at.returned(at.result());
        } else if (wanted instanceof BodyKind.Emitted(Object element)) {
          sent = at.emitted(element);
          wanted = BodyKind.ENDED;
          yielded = true;
        }
      } catch (Throwable t) {
        if (t != raised) {
          AwaitTraces.thrownBy(at, t);
        }
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
        } else if (yielded && scheduler().budget().spend()) {
          giveWay(at, sent, null);
          return;
        }
        continue;
      }
      sent = null;
      raised = null;
      try {
        if (wanted instanceof CoroutineFrame<?> inner) {
          if (inner.isInterruptible()) {
            deliverCancellation();
          }
          inner.claim(host);
          inner.enterFrom(at);
          at = inner;
          sent = inner.sentAtEntry();
          raised = inner.raisedAtEntry();
          continue;
        }
        frame = at;
        sent = beginWait(wanted);
        if (sent == Operation.PENDING) {
          return;
        }
      } catch (Throwable t) {
        AwaitTraces.thrownAt(at, t);
        awaited = null;
        raised = t;
      }
      if (scheduler().budget().spend()) {
        giveWay(at, sent, raised);
        return;
      }
    }
  }

  /**
   * Returns its failure for a task that awaits it, null if there is none; the failure's stack trace names the coroutines of
   * the first task that awaits it.
   */
  public @Nullable Throwable errorFor(LoopTask<?> waiting) {
    Throwable error = error();
    if (error != null && (flags & NAMED) == 0 && isFailed()) {
      flags |= NAMED;
      AwaitTraces.awaited(error, waiting.frame);
    }
    return error;
  }

  /** Ends its wait for a call on another thread with that call's exception, whose stack trace then names its coroutines. */
  public void failByCall(Throwable error) {
    AwaitTraces.awaited(error, frame);
    fail(error);
  }

  @Override
  public @Nullable StackTraceElement place() {
    if (host.currentTask() == this) {
      return scheduler().isInside() ? AwaitTraces.here() : null;
    }
    List<StackTraceElement> places = AwaitTraces.places(frame);
    return places.isEmpty() ? null : places.getFirst();
  }

  /** Goes on in the next turn, with what has completed already. */
  private void giveWay(CoroutineFrame<?> at, @Nullable Object sent, @Nullable Throwable raised) {
    frame = at;
    value = sent;
    failure = raised;
    scheduler().ready((Resumable) this);
  }

  /** Begins to wait for something; returns its result if it is there already, else PENDING. */
  private @Nullable Object beginWait(@Nullable Object wanted) throws Exception {
    deliverCancellation();
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
      case Future<?> future -> beginWait(new FutureOperation<>(future));
      case CompletionStage<?> stage -> beginWait(new StageWait<>(stage));
      case null -> throw new NullPointerException("what to await must not be null");
      default -> throw new IllegalArgumentException(wanted.getClass() + " cannot be awaited");
    };
  }

  private void deliverCancellation() {
    CancelRequests requests = cancellation;
    if (requests != null && requests.isPending()) {
      throw requests.deliver(name());
    }
  }

  private @Nullable Object beginWaitFor(LoopTask<?> other) {
    host.checkOwn(other.host, "task '" + other.name() + "'");
    if (other.isDone()) {
      Throwable error = other.errorFor(this);
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
      if (awaited instanceof FutureOperation<?> wait) {
        wait.withdraw(this); // gives up its place in the queue of a limit
      } else if (value instanceof Permit permit) {
        permit.close(); // on its way to the body
      }
      awaited = null;
      finish(CANCELLED, null, new Cancelled("the run of its event loop has ended without it"));
    }
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
