package dev.heddle.futures.core;

import dev.heddle.base.Cast;
import dev.heddle.base.Check;
import dev.heddle.futures.Future;
import dev.heddle.futures.WaitInterruptedException;
import dev.heddle.futures.WaitTimeoutException;
import dev.heddle.futures.core.FutureState.Cancelled;
import dev.heddle.futures.core.FutureState.Done;
import dev.heddle.futures.core.FutureState.Failure;
import dev.heddle.futures.core.FutureState.Observer;
import dev.heddle.futures.core.FutureState.Open;
import dev.heddle.futures.core.FutureState.Removable;
import dev.heddle.futures.core.FutureState.Success;
import dev.heddle.futures.spi.Engine;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of a future, and the waits for it.
 *
 * <p>Lock-free: the whole state is one {@link FutureState} value, whose Javadoc has the table of transitions, and every
 * transition is one compare-and-set of it. Subclasses complete it: with the outcome of a task, or of a {@code CompletionStage}.
 */
public abstract non-sealed class CoreFuture<T extends @Nullable Object> implements Future<T> {
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(CoreFuture.class, "state", FutureState.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
    Failure.prepare();
  }

  private volatile FutureState state = FutureState.PENDING;
  private volatile @Nullable UnreadReport unread; // of a failure, until it is read
  private volatile boolean failureIgnored; // or read already

  // ---- transitions ----

  /** Pending to running. Returns false if it is running or done. */
  protected final boolean markRunning() {
    return turn(false, true);
  }

  /** Running to pending, for another attempt. Returns false if it is done. */
  protected final boolean markPending() {
    return turn(true, false);
  }

  private boolean turn(boolean fromRunning, boolean toRunning) {
    while (state instanceof Open open && open.running() == fromRunning) {
      if (STATE.compareAndSet(this, open, open.running(toRunning))) {
        return true;
      }
    }
    return false;
  }

  /** Completes the future. Returns false if it is done already. */
  protected final boolean complete(Done outcome) {
    while (state instanceof Open open) {
      if (STATE.compareAndSet(this, open, outcome)) {
        completed(open.observer(), outcome);
        return true;
      }
    }
    return false;
  }

  /** Completes the future if it is pending. Returns false if it is running or done. */
  protected final boolean completeIfPending(Done outcome) {
    while (state instanceof Open open && !open.running()) {
      if (STATE.compareAndSet(this, open, outcome)) {
        completed(open.observer(), outcome);
        return true;
      }
    }
    return false;
  }

  private void completed(@Nullable Observer observers, Done outcome) {
    try {
      ended(outcome);
      if (outcome instanceof Failure(var cause) && reportsUnread() && !failureIgnored
          && (observers == null || !observers.isForeign())) {
        watchUnread(cause);
      }
    } finally { // also when memory has run out: waiting threads must be woken
      notifyAllOf(observers, outcome);
    }
  }

  /** Returns whether a failure that is never read is logged. */
  protected boolean reportsUnread() {
    return false;
  }

  private void watchUnread(Throwable cause) {
    try {
      UnreadReport report = new UnreadFailure(name(), cause);
      report.register(this);
      unread = report;
      if (failureIgnored) { // since the look above
        report.settle();
      }
    } catch (Throwable e) {
      IgnoredErrors.log("the registration of a failure", e);
    }
  }

  /** Declares that the failure of this future, now or later, has been or need not be read. */
  public final void ignoreFailure() {
    failureIgnored = true;
    failureRead();
  }

  private void notifyAllOf(@Nullable Observer observers, Done outcome) {
    if (observers == null) {
      return;
    }
    Runnable callbacks = null;
    if (outcome != Cancelled.INSTANCE && observers.isForeign()) { // a cancelling thread runs the callbacks itself
      try {
        callbacks = () -> observers.done(this);
      } catch (Throwable e) {
        // out of memory: then on this thread
      }
    }
    if (callbacks == null) {
      observers.done(this);
    } else {
      callBack(callbacks);
    }
  }

  /** Runs user callbacks, on this thread or another. */
  protected void callBack(Runnable callbacks) {
    callbacks.run();
  }

  /** Called once, when the future has been completed, before its observers are notified. Must not throw. */
  protected void ended(Done outcome) {}

  /**
   * Returns the tasks on which this future depends: its own while it runs; while it is queued, those that occupy all workers of
   * its executor. If all of them are deadlocked, so is this future. Empty if it depends on no known task.
   */
  protected List<RunningTask> heldUpBy() {
    return List.of();
  }

  /** Returns whether {@link #heldUpBy} are tasks that run or hold what this future needs, rather than all those of an executor. */
  protected boolean isHeldUp() {
    return isRunning();
  }

  /** Returns whether it waits for no work under way, but for a permit or a stage: any thread may end that, also one that waits for this. */
  public boolean isIdle() {
    return false;
  }

  /**
   * The executor in whose queue a task waits.
   *
   * @param name the executor's name
   * @param load how busy its engine is
   */
  public record Queued(String name, Engine.Load load) {}

  /** Returns the executor in whose queue this future's task waits; null if it is no task. */
  protected @Nullable Queued queued() {
    return null;
  }

  /** Called while the future is pending, before it is cancelled. Returns whether its task has not begun and never will. */
  protected boolean withdraw() {
    return true;
  }

  /** Lends the calling thread, which is about to wait, to the engine that runs this future's task. */
  protected void help(long nanos) {}

  /** Called after {@link #help} with the time that the wait took. Must not throw. */
  protected void waited(long nanos) {}

  /** Interrupts what runs, after {@code cancel(true)} has cancelled this future. Must not throw. */
  protected abstract void stopRunning();

  // ---- observers ----

  /** Adds an observer. Returns false, and does nothing, if this future is done. */
  public final boolean observe(Observer observer) {
    while (state instanceof Open open) {
      if (STATE.compareAndSet(this, open, open.with(observer))) {
        return true;
      }
    }
    return false;
  }

  /** Takes an observer out, in constant time on average: a future that never ends must not keep those of abandoned waits. */
  public final void forget(Removable observer) {
    observer.markForgotten(); // first: a thread that leaves out those that were counted must find it marked
    while (state instanceof Open open) {
      if (STATE.compareAndSet(this, open, open.withOneForgotten())) {
        return;
      }
    }
  }

  /** Returns the observers as one, forgotten ones included; null if there are none or this future is done. */
  final @Nullable Observer observers() {
    return state instanceof Open open ? open.observer() : null;
  }

  @Override
  public final void addDoneCallback(Consumer<? super Future<T>> callback) {
    DoneCallback<T> observer = new DoneCallback<>(Check.notNull(callback, "callback"));
    if (!observe(observer)) {
      failureRead();
      observer.done(this);
    }
  }

  // ---- queries ----

  @Override
  public Status status() {
    return switch (state) {
      case Open(boolean running, _, _) -> running ? Status.RUNNING : Status.PENDING;
      case Success _,Failure _ -> Status.FINISHED;
      case Cancelled _ -> Status.CANCELLED;
    };
  }

  /** Returns the exception of a failed future; null if it has not failed. */
  public final @Nullable Throwable failure() {
    return state instanceof Failure(var cause) ? cause : null;
  }

  @Override
  public final boolean isDone() {
    return state instanceof Done;
  }

  @Override
  public final boolean isCancelled() {
    return state == Cancelled.INSTANCE;
  }

  // ---- cancelling ----

  @Override
  public final boolean cancel(boolean mayInterruptIfRunning) {
    boolean notBegun = !(state instanceof Open open) || open.running() || withdraw();
    if (!mayInterruptIfRunning) {
      return (notBegun && completeIfPending(Cancelled.INSTANCE)) || isCancelled();
    }
    if (complete(Cancelled.INSTANCE)) {
      stopRunning();
      return true;
    }
    return isCancelled();
  }

  // ---- waiting ----

  @Override
  public final T result() {
    return Cast.to(Outcomes.result(this, read(await(null, true))));
  }

  @Override
  public final T result(Duration timeout) {
    return Cast.to(Outcomes.result(this, read(await(Check.timeout(timeout), true))));
  }

  @Override
  public final @Nullable Throwable exception() {
    return Outcomes.exception(this, read(await(null, false)));
  }

  @Override
  public final @Nullable Throwable exception(Duration timeout) {
    return Outcomes.exception(this, read(await(Check.timeout(timeout), false)));
  }

  private Done await(@Nullable Duration timeout, boolean takes) {
    try {
      if (!awaitEnd(timeout == null ? Long.MAX_VALUE : Check.nanos(timeout), takes) && timeout != null) {
        throw new WaitTimeoutException(described(), timeout, remedy(takes, true));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WaitInterruptedException(described(), remedy(takes, false), e);
    }
    return (Done) state;
  }

  /** Waits, and returns whether this future is done; a thread that takes the result may not be able to leave without it. */
  private boolean awaitEnd(long nanos, boolean takes) throws InterruptedException {
    if (state instanceof Done) {
      return true;
    }
    try {
      return new SingleWait(this).await(nanos) || (takes && !leave());
    } catch (Throwable e) { // an interrupt, a deadlock, or a thread that must not wait
      if (!takes || leave()) {
        throw e;
      }
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return true;
    }
  }

  /** Called when a thread that was to take the result stops waiting; returns false if it has to take it, which would be lost otherwise. */
  protected boolean leave() {
    return true;
  }

  /** Returns what continues after a wait that was late or interrupted, and what its thread can do, if it was to take the result or not. */
  protected String remedy(boolean takes, boolean late) {
    return "it goes on: wait again, " + (late ? "wait longer, " : "") + "or cancel it";
  }

  /** Notes that a caller gets the outcome, and returns it. */
  private Done read(Done outcome) {
    failureRead();
    return outcome;
  }

  private void failureRead() {
    if (state instanceof Failure) {
      failureIgnored = true; // before the look: the report may be registered at this moment
    }
    UnreadReport report = unread;
    if (report != null) {
      report.settle();
      unread = null;
    }
  }

  // ---- java.util.concurrent.Future ----

  @Override
  public final T get() throws InterruptedException, ExecutionException {
    awaitEnd(Long.MAX_VALUE, true);
    return Cast.to(Outcomes.got(this, read((Done) state)));
  }

  @Override
  public final T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
    if (!awaitEnd(Math.max(0, unit.toNanos(timeout)), true)) {
      Duration time = Duration.of(timeout, unit.toChronoUnit());
      throw new TimeoutException(new WaitTimeoutException(described(), time, remedy(true, true)).getMessage());
    }
    return Cast.to(Outcomes.got(this, read((Done) state)));
  }

  @Override
  public CompletableFuture<T> toCompletableFuture() {
    CompletableFuture<T> copy = new CompletableFuture<>();
    addDoneCallback(done -> Outcomes.copy((Done) ((CoreFuture<T>) done).state, copy));
    return copy;
  }

  // ---- text ----

  /** Returns the form of this future in messages. */
  protected String described() {
    return "task '" + name() + "'";
  }

  @Override
  public String toString() {
    return "<Future " + name() + " state=" + status().name().toLowerCase(Locale.ROOT) + ending() + ">";
  }

  private String ending() {
    return switch (state) {
      case Open _,Cancelled _ -> "";
      case Success(var value) -> " returned " + (value == null ? "null" : value.getClass().getSimpleName());
      case Failure(var cause) -> " raised " + cause.getClass().getSimpleName();
    };
  }
}
