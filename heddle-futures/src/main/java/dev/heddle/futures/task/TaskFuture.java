package dev.heddle.futures.task;

import dev.heddle.futures.ContextCarrier;
import dev.heddle.futures.Permit;
import dev.heddle.futures.Retry;
import dev.heddle.futures.RetryBudget;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.TimeSource;
import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.FutureState.Cancelled;
import dev.heddle.futures.core.FutureState.Done;
import dev.heddle.futures.core.FutureState.Failure;
import dev.heddle.futures.core.FutureState.Success;
import dev.heddle.futures.core.RunningTask;
import dev.heddle.futures.spi.LocalWrapper;
import dev.heddle.futures.spi.PartialFailure;
import dev.heddle.futures.spi.Work;
import dev.heddle.timeline.Span.Ending;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A task of an executor: a future for its callers, and the {@link Work} that an engine runs.
 *
 * <p>Each try is a {@link TaskAttempt}. {@link #current} is the attempt under way; reports of earlier ones are ignored. A
 * task that has ended no longer refers to its body, its context or its attempts.
 */
public class TaskFuture<T extends @Nullable Object> extends CoreFuture<T> implements Work {
  private static final VarHandle BODY;
  private static final VarHandle CURRENT;
  private static final VarHandle ATTEMPTS;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      BODY = lookup.findVarHandle(TaskFuture.class, "body", Callable.class);
      CURRENT = lookup.findVarHandle(TaskFuture.class, "current", TaskAttempt.class);
      ATTEMPTS = lookup.findVarHandle(TaskFuture.class, "attempts", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("rawtypes") // a class literal has no arguments
  private static final AtomicReferenceFieldUpdater<TaskFuture, TimeSource.Scheduled> PAUSE = AtomicReferenceFieldUpdater
      .newUpdater(TaskFuture.class, TimeSource.Scheduled.class, "pause");

  private final TaskScheduler scheduler;
  private final TaskOptions options;
  private final long number;
  private volatile @Nullable Callable<? extends T> body;
  private volatile ContextCarrier.@Nullable Captured context;
  private volatile @Nullable TaskAttempt<T> current;
  private volatile TimeSource.@Nullable Scheduled pause; // before the next attempt: a timer, or a wait for a permit
  private volatile @Nullable Permit permit; // until an attempt begins, which has it then
  private volatile @Nullable Object attachment; // the engine's own
  private volatile int attempts; // written only while it turns from pending to running, so by one thread at a time

  TaskFuture(
      TaskScheduler scheduler,
      TaskOptions options,
      long number,
      Callable<? extends T> body,
      ContextCarrier.@Nullable Captured context) {
    this.scheduler = scheduler;
    this.options = options;
    this.number = number;
    this.body = body;
    this.context = context;
  }

  TaskScheduler scheduler() {
    return scheduler;
  }

  TaskOptions options() {
    return options;
  }

  @Override
  public String name() {
    String given = options.name();
    return given != null ? given : scheduler.name() + "-task-" + number;
  }

  /** Equality is identity; the number serves as hash code, which is faster than the identity hash code. */
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
  public int priority() {
    return options.priority();
  }

  @Override
  public @Nullable Callable<?> body() {
    Callable<? extends T> own = body;
    ContextCarrier.Captured around = context;
    if (own == null || around == null) {
      return own;
    }
    Callable<?> inner = LocalWrapper.innermost(own);
    Callable<?> sent = around.sendable(inner);
    return sent == inner ? own : sent;
  }

  @Override
  public @Nullable TaskAttempt<T> begin() {
    if (scheduler.isStopping()) {
      completeIfPending(Cancelled.INSTANCE); // not cancel(), which would ask the engine to withdraw work that it has already handed over
      return null;
    }
    TaskAttempt<T> attempt = null;
    try {
      if (!markRunning()) {
        return null;
      }
      int next = attempts + 1;
      ATTEMPTS.setRelease(this, next);
      RetryBudget budget = options.retry().budget();
      if (budget != null && next == 1) {
        budget.firstAttempt();
      }
      attempt = new TaskAttempt<>(this, next, permit);
      if (permit != null) {
        permit = null;
      }
      current = attempt;
      Throwable late = next == 1 ? null : tooLate();
      if (late != null) {
        attempts = next - 1;
        attempt.fail(late);
        return null;
      }
      // A cancel(true) between markRunning and the line above found no attempt to stop; isDone() sees it.
      if (isDone()) {
        attempt.releaseUnlessRunning();
        return null;
      }
      return attempt.timed();
    } catch (Throwable e) { // from the user's time source, or out of memory: the task counts as running, and nothing else would complete it
      if (attempt == null) {
        complete(Failure.of(e));
      } else {
        attempt.fail(e);
      }
      return null;
    }
  }

  /** Returns whether any attempt has begun. */
  public final boolean hasBegun() {
    return attempts > 0;
  }

  /** Returns how many attempts have begun. */
  public final int attempts() {
    return attempts;
  }

  /** Returns whether it may wait outside of the engine: for another attempt, for a permit, or for the end of its delay. */
  final boolean mayPause() {
    return options.retry() != Retry.NEVER || options.limit() != null || !options.delay().isZero();
  }

  /** Calls the body in its context, on this thread. */
  T call() throws Exception {
    Callable<? extends T> task = body;
    if (task == null) {
      throw new IllegalStateException(described() + " has ended and cannot be called again");
    }
    ContextCarrier.Captured around = context;
    if (around == null) {
      return task.call();
    }
    return around.<T>call(task::call);
  }

  /** Takes the outcome of the attempt under way: completes the task, or starts another attempt. */
  void attemptEnded(TaskAttempt<T> attempt, Done outcome) {
    if (outcome instanceof Failure(var cause) && options.retry() != Retry.NEVER && !isDone()) {
      Throwable failure = PartialFailure.causeOf(cause);
      try {
        Duration pause = options.retry().pauseAfter(attempt.number(), failure, elapsed());
        if (pause != null) {
          attemptFailed(cause);
          attempt.recordEnd(Ending.RETRIED);
          current = null;
          if (markPending()) {
            scheduler.retry(this, pause, failure);
          }
          return;
        }
      } catch (Throwable e) { // thrown by the user's functions
        if (e != cause) { // the predicate may have thrown the failure itself
          cause.addSuppressed(e);
        }
      }
    }
    attempt.recordEnd(isCancelled() ? Ending.CANCELLED : outcome instanceof Success ? Ending.COMPLETED : Ending.FAILED);
    complete(outcome);
  }

  /** Returns the time since the first attempt began, if the policy of retries needs it. */
  Duration elapsed() {
    return Duration.ZERO;
  }

  /** Returns the failure of the attempt before, if it is known. */
  @Nullable
  Throwable failedBefore() {
    return null;
  }

  /** Called when an attempt has failed and another one follows. */
  void attemptFailed(Throwable cause) {}

  /** Returns the failure of the last attempt if the deadline of the retries has passed; otherwise null. */
  @Nullable
  Throwable tooLate() {
    return null;
  }

  /** Returns the longest time of the attempt that begins now; null if there is no bound. */
  final @Nullable Duration attemptLimit() {
    Duration limit = options.timeout();
    Duration deadline = options.retry().deadline();
    if (deadline == null) {
      return limit;
    }
    Duration left = deadline.minus(elapsed());
    return limit == null || left.compareTo(limit) < 0 ? left.isPositive() ? left : Duration.ZERO : limit;
  }

  /** Begins a pause whose end is set next; it may come before {@link #pauseUntil} is called. */
  TimeSource.Scheduled pauseBegins() {
    TimeSource.Scheduled setting = new Setting();
    pause = setting;
    return setting;
  }

  /** Keeps the end of a pause, so that it can be cancelled, unless the pause is over already. */
  void pauseUntil(TimeSource.Scheduled setting, TimeSource.Scheduled end) {
    PAUSE.compareAndSet(this, setting, end);
    if (isDone()) { // cancelled meanwhile: nothing else would cancel this timer
      end.cancel();
    }
  }

  /** A pause whose end is being set; of a class of its own, so that no two are the same. */
  private static final class Setting implements TimeSource.Scheduled {
    @Override
    public void cancel() {}
  }

  /** The pause is over: the next attempt is about to be queued, with a permit if one is needed. */
  void pauseEnded(@Nullable Permit granted) {
    pause = null;
    permit = granted;
    if (isDone()) { // cancelled meanwhile
      releasePermit();
    }
  }

  private void releasePermit() {
    Permit granted = permit;
    if (granted != null) {
      permit = null;
      TaskAttempt.release(granted);
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
    completeIfPending(Failure.of(cause));
  }

  // ---- the future ----

  @Override
  protected void ended(Done outcome) {
    BODY.setRelease(this, null); // no fence here and below: the state says already that it has ended
    if (context != null) {
      context = null;
    }
    TimeSource.Scheduled paused = pause;
    if (paused != null) {
      TaskAttempt.forget(paused);
      pause = null;
    }
    releasePermit();
    if (outcome != Cancelled.INSTANCE) {
      CURRENT.setRelease(this, null); // stopRunning() needs it after a cancellation
    }
    scheduler.ended(this, outcome);
  }

  @Override
  protected boolean reportsUnread() {
    return true;
  }

  @Override
  protected List<RunningTask> heldUpBy() {
    TaskAttempt<T> attempt = current;
    if (isDone()) {
      return List.of(); // even if its body is still running
    }
    if (attempt != null) {
      return List.of(attempt);
    }
    TimeSource.Scheduled before = pause;
    if (before != null) { // a timer, or a permit
      return before instanceof PermitWait wait ? wait.holders() : List.of();
    }
    // A task that was tried before may pause rather than be queued.
    return status() == Status.PENDING && attempts == 0 ? scheduler.occupants() : List.of();
  }

  @Override
  protected boolean isHeldUp() {
    return isRunning() || pause instanceof PermitWait;
  }

  @Override
  public boolean isIdle() {
    return pause instanceof PermitWait wait && wait.isIdle();
  }

  @Override
  protected Queued queued() {
    return new Queued(scheduler.name(), scheduler.engine().load());
  }

  @Override
  protected boolean withdraw() {
    return scheduler.engine().withdraw(this);
  }

  @Override
  protected void help(long nanos) {
    scheduler.engine().help(this, nanos);
  }

  @Override
  protected void waited(long nanos) {
    scheduler.engine().waited(nanos);
  }

  @Override
  protected void callBack(Runnable callbacks) {
    scheduler.engine().callBack(callbacks);
  }

  @Override
  protected void stopRunning() {
    TaskAttempt<T> attempt = current;
    if (attempt != null) {
      current = null;
      attempt.untimed();
      attempt.stop();
      attempt.releaseUnlessRunning();
    }
  }
}
