package dev.heddle.asyncio.task;

import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.Outcome;
import dev.heddle.asyncio.Task;
import dev.heddle.asyncio.diagnostics.WaitNode;
import dev.heddle.asyncio.loop.Scheduler;
import dev.heddle.asyncio.loop.Timer;
import dev.heddle.base.Cast;
import dev.heddle.base.Check;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The end of a task: its outcome, and the observers that wait for it. A superclass and not a part of the task, since a loop
 * has very many tasks and each object counts.
 *
 * <pre>
 * PENDING ──► FINISHED    the body has returned; value is the result
 *    ├──────► FAILED      the body has thrown; failure is what it threw
 *    └──────► CANCELLED   the body has thrown Cancelled, or the run has ended without it; failure is the signal
 * </pre>
 *
 * <p>While the state is PENDING, value and failure are what the innermost body is given when it goes on.
 *
 * @param <T> the type of the result
 */
abstract sealed class TaskResult<T extends @Nullable Object> extends Timer implements WaitNode permits WaitingTask {
  static final byte PENDING = 0;
  static final byte FINISHED = 1;
  static final byte FAILED = 2;
  static final byte CANCELLED = 3;

  final TaskHost host;
  private final int id;
  private final @Nullable String name;
  @Nullable
  Object value;
  @Nullable
  Throwable failure;

  /** What waits for the end, see {@link TaskObservers}; after an unobserved failure its {@link FailureNote}. */
  @Nullable
  Object observers;

  private volatile byte state;
  private boolean observed;

  TaskResult(TaskHost host, int id, @Nullable String name) {
    this.host = host;
    this.id = id;
    this.name = name;
  }

  abstract LoopTask<T> self();

  /** The host that runs the task. */
  public final TaskHost host() {
    return host;
  }

  /** The scheduler that runs the task. */
  public final Scheduler scheduler() {
    return host.scheduler();
  }

  @Override
  public final String name() {
    String given = name;
    return given == null ? "task-" + id : given;
  }

  @Override
  public final boolean isDone() {
    return state != PENDING;
  }

  @Override
  public final boolean isCancelled() {
    return state == CANCELLED;
  }

  @Override
  public final boolean isFailed() {
    return state == FAILED;
  }

  public final T result() {
    Throwable error = error();
    if (error != null) {
      throw Unchecked.rethrow(error);
    }
    return Cast.to(value);
  }

  public final @Nullable Throwable exception() {
    Throwable error = error();
    if (state == CANCELLED && error != null) {
      throw Unchecked.rethrow(error);
    }
    return error;
  }

  public final Outcome<T> outcome() {
    Throwable error = error();
    return error == null
        ? new Outcome.Success<>(Cast.to(value))
        : state == CANCELLED
            ? new Outcome.Cancelled<>(String.valueOf(error.getMessage()))
            : new Outcome.Failure<>(error);
  }

  /** Returns what to throw where the result is asked for, null if there is a result; the failure counts as observed. */
  public final @Nullable Throwable error() {
    if (isDone()) {
      observe();
    }
    return switch (state) {
      case FINISHED -> null;
      case FAILED -> failure;
      case CANCELLED -> cancelled();
      default ->
        throw new LoopStateException(
            "task '" + name() + "' has not ended, and waiting for it here would block the loop; use await(task)");
    };
  }

  private CancellationException cancelled() {
    String signal = failure == null ? "" : String.valueOf(failure.getMessage());
    String known = "task '" + name() + "' was cancelled";
    String reason = signal.startsWith(known) ? signal.substring(known.length()) : ""; // ": " and the reason, if one was given
    return new CancellationException("task '" + name() + "', which was waited for, was cancelled" + reason);
  }

  /** Marks its failure as observed, so that it is not reported. */
  public final void observe() {
    if (!observed) {
      observed = true;
      if (observers instanceof FailureNote note) {
        observers = null;
        host.registry().observed(note);
      }
    }
  }

  /** Returns what it failed with, null otherwise; the failure does not count as observed. */
  public final @Nullable Throwable failure() {
    return state == FAILED ? failure : null;
  }

  @Override
  public final String ending() {
    return switch (state) {
      case FINISHED -> "finished";
      case FAILED -> "failed: " + failure;
      default -> "cancelled";
    };
  }

  /** Ends the task and tells its observers. */
  final void end(byte how, @Nullable Object result, @Nullable Throwable error) {
    value = result;
    failure = error;
    state = how; // volatile: publishes what was written before
    Object all = observers;
    observers = null;
    host.ended(self());
    TaskObservers.tell(all, self());
    if (error != null && how == FAILED && !observed) {
      observers = host.registry().failed(self(), error);
    }
  }

  // ---- observers ----

  /** Calls an observer at the end; at once if the task has ended. */
  public final void whenDone(TaskObserver observer) {
    if (isDone()) {
      observer.done(self());
    } else {
      observers = TaskObservers.with(observers, observer);
    }
  }

  /** Removes an observer. */
  public final void forget(Object observer) {
    observers = TaskObservers.without(observers, observer);
  }

  @Override
  public final boolean hasObservers() {
    return observers != null && !isDone();
  }

  public final void addDoneCallback(Consumer<? super Task<T>> callback) {
    Check.notNull(callback, "callback");
    scheduler().checkInside("addDoneCallback");
    Runnable carried = RegistrantContext.carry(() -> callback.accept(self()), scheduler().options().context());
    whenDone(_ -> scheduler().ready(carried));
  }

  public final CompletableFuture<T> toCompletableFuture() {
    CompletableFuture<T> copy = new CompletableFuture<>();
    Runnable link = () -> whenDone(_ -> copyTo(copy));
    if (scheduler().isInside()) {
      link.run();
    } else if (!scheduler().post(link)) {
      copyTo(copy);
    }
    return copy;
  }

  private void copyTo(CompletableFuture<T> copy) {
    if (!isDone()) {
      copy.cancel(false);
      return;
    }
    Throwable error = error();
    if (error == null) {
      copy.complete(Cast.to(value));
    } else {
      copy.completeExceptionally(error);
    }
  }
}
