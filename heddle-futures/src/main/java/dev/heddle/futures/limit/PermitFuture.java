package dev.heddle.futures.limit;

import dev.heddle.futures.Permit;
import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.FutureState;
import dev.heddle.futures.core.FutureState.Cancelled;
import dev.heddle.futures.core.FutureState.Done;
import dev.heddle.futures.core.RunningTask;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A wait for a permit.
 *
 * <p>A thread that stops waiting for its result gives up the wait, since nothing else would close the permit later.
 */
public final class PermitFuture extends CoreFuture<Permit> {
  private static final AtomicLong COUNT = new AtomicLong();

  private final long number = COUNT.incrementAndGet();
  private final Queued queue;
  private final @Nullable Holder holder;
  private @Nullable Permit granted; // on its way from the queue, which has forgotten it

  /** The task that will hold the permit until it ends; for the search for deadlocks. */
  @FunctionalInterface
  public interface Holder {
    /** Returns the tasks on which the end of this one depends. */
    List<RunningTask> heldUpBy();
  }

  /** The limit that a permit is asked from. */
  interface Queued {
    /** Called when the wait was cancelled. */
    void gaveUp(PermitFuture waiting);

    /** Takes back a permit that was not used, because its wait was cancelled. */
    default void takeBack(Permit unused) {
      unused.close();
    }

    /** Returns whether a permit comes only when another one is given back, rather than with time. */
    default boolean isIdle() {
      return true;
    }

    /** Returns the tasks that hold all permits; empty if one of them is not held by a task. */
    List<RunningTask> holders();
  }

  PermitFuture(Queued queue, @Nullable Holder holder) {
    this.queue = queue;
    this.holder = holder;
  }

  @Nullable
  Holder holder() {
    return holder;
  }

  /** Sets the permit that {@link #grant()} grants; called by the same thread. */
  void willHave(Permit permit) {
    granted = permit;
  }

  /** Grants the permit that was set. */
  void grant() {
    Permit permit = granted;
    if (permit != null) {
      granted = null;
      grant(permit);
    }
  }

  /** Grants the permit, or gives it back if the wait was cancelled meanwhile, or there is no memory to hold it. */
  void grant(Permit permit) {
    Done outcome;
    try {
      outcome = new FutureState.Success(permit);
    } catch (OutOfMemoryError e) { // the thread that waits has to learn of it
      outcome = FutureState.Failure.of(e);
    }
    boolean completed = complete(outcome);
    if (!completed || outcome instanceof FutureState.Failure) {
      takeBack(permit);
    }
  }

  /** Takes back a permit that this wait was granted and that was not used. */
  void takeBack(Permit unused) {
    queue.takeBack(unused);
  }

  @Override
  protected boolean leave() {
    return cancel(true);
  }

  @Override
  protected String remedy(boolean takes, boolean late) {
    if (!takes) {
      return "its place in the queue is kept: wait again, or cancel it";
    }
    return late
        ? "its place in the queue was given up: ask again and allow more time, or use exception(timeout), which keeps the place"
        : "its place in the queue was given up: ask again, or wait with exception(), which keeps the place";
  }

  /** Returns a copy; one that ends otherwise, as by {@code orTimeout}, gives up the wait or gives the permit back. */
  @Override
  public CompletableFuture<Permit> toCompletableFuture() {
    CompletableFuture<Permit> copy = super.toCompletableFuture();
    copy.whenComplete((permit, _) -> {
      if (!cancel(true) && failure() == null && result() != permit) {
        takeBack(result());
      }
    });
    return copy;
  }

  /** Ends the wait with a failure of the limit. */
  void fail(Throwable cause) {
    complete(FutureState.Failure.of(cause));
  }

  @Override
  public String name() {
    return "permit-" + number;
  }

  @Override
  protected String described() {
    return "permit " + number + " of " + queue;
  }

  @Override
  protected void ended(Done outcome) {
    if (outcome == Cancelled.INSTANCE) {
      queue.gaveUp(this);
    }
  }

  /** Returns the tasks that hold all permits of the limit. */
  @Override
  public List<RunningTask> heldUpBy() {
    return isDone() ? List.of() : queue.holders();
  }

  @Override
  protected boolean isHeldUp() {
    return true;
  }

  @Override
  public boolean isIdle() {
    return !isDone() && queue.isIdle();
  }

  @Override
  protected void stopRunning() {}
}
