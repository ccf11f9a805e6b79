package dev.heddle.futures.limit;

import dev.heddle.futures.Permit;
import dev.heddle.futures.WaitTimeoutException;
import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.FutureState;
import dev.heddle.futures.core.FutureState.Cancelled;
import dev.heddle.futures.core.FutureState.Done;
import dev.heddle.futures.core.RunningTask;
import java.time.Duration;
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

  /** Grants the permit, or gives it back if the wait was cancelled meanwhile. */
  void grant(Permit permit) {
    if (!complete(new FutureState.Success(permit))) {
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
  protected WaitTimeoutException late(Duration timeout) {
    return new WaitTimeoutException(
        described(), timeout,
        "its place in the queue was given up: ask again and allow more time, or use exception(timeout), which"
            + " keeps the place");
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
