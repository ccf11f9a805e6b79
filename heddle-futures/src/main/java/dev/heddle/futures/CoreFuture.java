package dev.heddle.futures;

import dev.heddle.base.Check;
import dev.heddle.futures.FutureState.Cancelled;
import dev.heddle.futures.FutureState.Done;
import dev.heddle.futures.FutureState.Failure;
import dev.heddle.futures.FutureState.Observer;
import dev.heddle.futures.FutureState.Open;
import dev.heddle.futures.FutureState.Success;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of a future, and the waits for it.
 *
 * <p>Lock-free: the whole state is one {@link FutureState} value, and every transition is one compare-and-set of it. {@link Done}
 * states are final.
 *
 * <p>What makes it end stands in the subclasses: a task ({@link TaskFuture}) or another future ({@link StageFuture}).
 */
abstract non-sealed class CoreFuture<T extends @Nullable Object> implements Future<T> {
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(CoreFuture.class, "state", FutureState.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile FutureState state = FutureState.PENDING;

  // ---- transitions ----

  /** Pending to running. False if it is running or done. */
  final boolean markRunning() {
    return turn(false, true);
  }

  /** Running to pending, for another attempt. False if it is done. */
  final boolean markPending() {
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

  /** Completes it. False if it is done already. */
  final boolean complete(Done outcome) {
    while (state instanceof Open open) {
      if (STATE.compareAndSet(this, open, outcome)) {
        ended(outcome);
        tell(open.observer(), outcome);
        return true;
      }
    }
    return false;
  }

  /** Completes it if it is still pending. False if it is running or done. */
  final boolean completeIfPending(Done outcome) {
    while (state instanceof Open open && !open.running()) {
      if (STATE.compareAndSet(this, open, outcome)) {
        ended(outcome);
        tell(open.observer(), outcome);
        return true;
      }
    }
    return false;
  }

  private void tell(@Nullable Observer observers, Done outcome) {
    if (observers == null) {
      return;
    }
    if (outcome != Cancelled.INSTANCE && observers.isForeign()) {
      callBack(() -> observers.done(this));
    } else {
      observers.done(this); // who cancels runs the callbacks
    }
  }

  /** Runs callbacks of the user's, now or soon. */
  void callBack(Runnable callbacks) {
    callbacks.run();
  }

  /** Called once, when it has been completed, before anyone is told. Must not throw. */
  void ended(Done outcome) {}

  /**
   * The attempts without which this future's task cannot go on: its own, or, while it is queued, those that occupy every
   * worker it could have. If all of them are stuck, so is it. Empty if nothing is known to hold it up.
   */
  List<TaskRun<?>> heldUpBy() {
    return List.of();
  }

  /** Called while it is pending, before it is cancelled: whether it has not begun and never will. */
  boolean withdraw() {
    return true;
  }

  /** Lends the calling thread, which is about to wait, to whoever brings this future about. */
  void help(long nanos) {}

  /** Stops what runs, after {@code cancel(true)} has cancelled this future. Must not throw. */
  abstract void stopRunning();

  // ---- observers ----

  /** Adds an observer, unless this future is done: then false. */
  final boolean observe(Observer observer) {
    while (state instanceof Open open) {
      if (STATE.compareAndSet(this, open, open.with(observer))) {
        return true;
      }
    }
    return false;
  }

  /** Takes an observer away again, so that a future that never ends does not collect those who gave up. */
  final void forget(Observer observer) {
    while (state instanceof Open open) {
      if (STATE.compareAndSet(this, open, open.without(observer))) {
        return;
      }
    }
  }

  @Override
  public final void addDoneCallback(Consumer<? super Future<T>> callback) {
    Callback<T> observer = new Callback<>(Check.notNull(callback, "callback"));
    if (!observe(observer)) {
      observer.done(this);
    }
  }

  private record Callback<T extends @Nullable Object>(Consumer<? super Future<T>> callback) implements Observer {
    @Override
    @SuppressWarnings("unchecked") // it was added to a Future<T>
    public void done(CoreFuture<?> future) {
      try {
        callback.accept((Future<T>) future);
      } catch (Throwable e) {
        Log.ignored("a callback of " + future, e);
      }
    }

    @Override
    public boolean isForeign() {
      return true;
    }
  }

  // ---- questions ----

  @Override
  public final Status status() {
    return switch (state) {
      case Open(boolean running, _) -> running ? Status.RUNNING : Status.PENDING;
      case Success _,Failure _ -> Status.FINISHED;
      case Cancelled _ -> Status.CANCELLED;
    };
  }

  /** What it failed with, or null if it has not failed (yet). */
  final @Nullable Throwable failure() {
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
    boolean inHand = !(state instanceof Open open) || open.running() || withdraw();
    if (!mayInterruptIfRunning) {
      return (inHand && completeIfPending(Cancelled.INSTANCE)) || isCancelled();
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
    return resultOf(await());
  }

  @Override
  public final T result(Duration timeout) {
    return resultOf(await(timeout));
  }

  @Override
  public final @Nullable Throwable exception() {
    return exceptionOf(await());
  }

  @Override
  public final @Nullable Throwable exception(Duration timeout) {
    return exceptionOf(await(timeout));
  }

  private Done await() {
    if (!(state instanceof Done)) {
      try {
        new SingleWait(this).await();
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
    return (Done) state;
  }

  private Done await(Duration timeout) {
    Check.timeout(timeout);
    if (!(state instanceof Done)) {
      try {
        if (!new SingleWait(this).await(Check.nanos(timeout))) {
          throw new WaitTimeoutException(described(), timeout);
        }
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
    return (Done) state;
  }

  private WaitInterruptedException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new WaitInterruptedException(described(), e);
  }

  private T resultOf(Done outcome) {
    return switch (outcome) {
      case Success(var value) -> Cast.to(value);
      case Failure(var cause) -> throw new TaskFailedException(name(), cause);
      case Cancelled _ -> throw cancelled();
    };
  }

  private @Nullable Throwable exceptionOf(Done outcome) {
    return switch (outcome) {
      case Success _ -> null;
      case Failure(var cause) -> cause;
      case Cancelled _ -> throw cancelled();
    };
  }

  private CancellationException cancelled() {
    return new CancellationException(described() + " was cancelled");
  }

  // ---- java.util.concurrent.Future ----

  @Override
  public final T get() throws InterruptedException, ExecutionException {
    if (!(state instanceof Done)) {
      new SingleWait(this).await();
    }
    return got((Done) state);
  }

  @Override
  public final T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
    if (!(state instanceof Done) && !new SingleWait(this).await(Math.max(0, unit.toNanos(timeout)))) {
      throw new TimeoutException(
          described() + " did not finish within " + timeout + " " + unit + "; it goes on: wait again or cancel it");
    }
    return got((Done) state);
  }

  private T got(Done outcome) throws ExecutionException {
    return switch (outcome) {
      case Success(var value) -> Cast.to(value);
      case Failure(var cause) -> throw new ExecutionException(described() + " failed: " + Text.of(cause), cause);
      case Cancelled _ -> throw cancelled();
    };
  }

  @Override
  public final CompletableFuture<T> toCompletableFuture() {
    CompletableFuture<T> copy = new CompletableFuture<>();
    addDoneCallback(
        done -> {
          switch (((CoreFuture<T>) done).state) {
            case Success(var value) -> copy.complete(Cast.to(value));
            case Failure(var cause) -> copy.completeExceptionally(cause);
            case Cancelled _ -> copy.cancel(false);
            case Open _ -> throw new AssertionError("called back before it was done: " + done);
          }
        });
    return copy;
  }

  // ---- text ----

  /** How messages speak of it. */
  String described() {
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
