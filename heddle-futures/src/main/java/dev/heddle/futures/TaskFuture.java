package dev.heddle.futures;

import dev.heddle.futures.FutureState.Cancelled;
import dev.heddle.futures.FutureState.Done;
import dev.heddle.futures.FutureState.Failure;
import dev.heddle.futures.spi.PartialFailure;
import dev.heddle.futures.spi.Work;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A task of an executor, on the outside its future, on the inside the work an engine runs.
 *
 * <p>Each attempt is a {@link TaskRun}; the one under way is {@link #run}, and reports of earlier ones are ignored. Once the
 * task has ended nothing here refers to its body, its context or its attempts.
 */
final class TaskFuture<T extends @Nullable Object> extends CoreFuture<T> implements Work {
  private final EngineExecutor executor;
  private final TaskOptions options;
  private final long number;
  private volatile @Nullable Callable<? extends T> body;
  private volatile ContextCarrier.@Nullable Context context;
  private volatile @Nullable TaskRun<T> run;
  private volatile TimeSource.@Nullable Scheduled pause;
  private volatile @Nullable Object attachment; // the engine's
  private volatile int attempts; // written only while it turns from pending to running, so by one thread at a time

  TaskFuture(
      EngineExecutor executor,
      TaskOptions options,
      long number,
      Callable<? extends T> body,
      ContextCarrier.@Nullable Context context) {
    this.executor = executor;
    this.options = options;
    this.number = number;
    this.body = body;
    this.context = context;
  }

  EngineExecutor executor() {
    return executor;
  }

  TaskOptions options() {
    return options;
  }

  @Override
  public String name() {
    String given = options.name();
    return given != null ? given : executor.name() + "-task-" + number;
  }

  /** Equality is identity; the number serves as the hash, for it is at hand and spreads well. */
  @Override
  public int hashCode() {
    return (int) number;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  // ---- the work ----

  @Override
  public @Nullable Callable<?> body() {
    return body;
  }

  @Override
  public @Nullable TaskRun<T> begin() {
    if (executor.isStopping()) {
      completeIfPending(Cancelled.INSTANCE); // not by cancel(): the engine has let go of it, and must not be asked again
      return null;
    }
    if (!markRunning()) {
      return null;
    }
    int next = attempts + 1;
    attempts = next;
    TaskRun<T> attempt = null;
    try {
      attempt = new TaskRun<>(this, next);
      run = attempt;
      // A cancel(true) that came between the two lines above found no run to stop; this look cannot miss it.
      return isDone() ? null : attempt.timed();
    } catch (Throwable e) { // the user's time source, or no memory: it counts as running, so nobody else would end it
      if (attempt == null) {
        complete(new Failure(e));
      } else {
        attempt.fail(e);
      }
      return null;
    }
  }

  /** Whether any attempt has begun. */
  boolean hasBegun() {
    return attempts > 0;
  }

  /** Calls the body within its context, on this thread. */
  T call() throws Exception {
    Callable<? extends T> task = body;
    if (task == null) {
      throw new IllegalStateException(described() + " has ended and cannot be called again");
    }
    ContextCarrier.Context around = context;
    if (around == null) {
      return task.call();
    }
    return around.<T>call(task::call);
  }

  /** The outcome of the attempt under way: completes the task, or lets another attempt follow. */
  void attemptEnded(TaskRun<T> attempt, Done outcome) {
    if (outcome instanceof Failure(var cause) && options.retry() != Retry.NEVER && !isDone()) {
      Throwable meant = PartialFailure.causeOf(cause);
      try {
        if (options.retry().follows(attempt.number(), meant)) {
          run = null;
          if (markPending()) {
            executor.retry(this, attempt.number(), meant);
          }
          return;
        }
      } catch (Throwable e) { // the user's predicate
        if (e != cause) { // it may have thrown the failure itself
          cause.addSuppressed(e);
        }
      }
    }
    complete(outcome);
  }

  /** Remembers the pause before the next attempt, so that it can be cut short. */
  void pauseUntil(TimeSource.Scheduled end) {
    pause = end;
    if (isDone()) { // cancelled meanwhile: nobody else will see this pause
      end.cancel();
    }
  }

  @Override
  public @Nullable Object attachment() {
    return attachment;
  }

  @Override
  public void attach(@Nullable Object attached) {
    attachment = attached;
  }

  @Override
  public void abort(Throwable cause) {
    completeIfPending(new Failure(cause));
  }

  // ---- the future ----

  @Override
  void ended(Done outcome) {
    body = null;
    context = null;
    TaskRun.forget(pause);
    pause = null;
    if (outcome != Cancelled.INSTANCE) {
      run = null; // a cancelled one is still to be stopped
    }
    executor.ended(this, outcome);
  }

  @Override
  List<TaskRun<?>> heldUpBy() {
    TaskRun<T> attempt = run;
    if (isDone()) {
      return List.of(); // whatever its body still does
    }
    if (attempt != null) {
      return List.of(attempt);
    }
    // One that was tried before may not be queued at all, but pause.
    return status() == Status.PENDING && attempts == 0 ? executor.occupants() : List.of();
  }

  @Override
  boolean withdraw() {
    return executor.engine().withdraw(this);
  }

  @Override
  void help(long nanos) {
    executor.engine().help(this, nanos);
  }

  @Override
  void callBack(Runnable callbacks) {
    executor.engine().callBack(callbacks);
  }

  @Override
  void stopRunning() {
    TaskRun<T> attempt = run;
    if (attempt != null) {
      run = null;
      attempt.untimed();
      attempt.stop();
    }
  }
}
