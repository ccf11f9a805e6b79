package dev.heddle.futures.scope;

import dev.heddle.futures.DeadlockException;
import dev.heddle.futures.ReturnWhen;
import dev.heddle.futures.ScopeOptions;
import dev.heddle.futures.ScopeOptions.Until;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.TimeSource;
import dev.heddle.futures.WaitInterruptedException;
import dev.heddle.futures.WaitTimeoutException;
import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.RunningTask;
import dev.heddle.futures.core.SingleWait;
import dev.heddle.futures.group.GroupWait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The end of a scope's block: which event ends it, who is stopped, what is waited for and what is thrown. Thread-safe.
 *
 * <p>The body counts as one of the tasks: a failure and the time-out interrupt its thread. That interrupt is withdrawn when
 * the body has returned, unless a block around it on the same thread, or the end of the task that runs it, was the cause of another.
 */
final class ScopeEnding {
  private static final String CANCELLED = "this task scope was cancelled and accepts no more tasks: ";
  private static final String ENDED = "this task scope has ended with its block and accepts no more tasks; submit within the block";

  private static final ThreadLocal<@Nullable ScopeEnding> INNERMOST = new ThreadLocal<>(); // of the blocks on a thread

  private final ScopeOptions options;
  private final Children children;
  private @Nullable ScopeEnding outer; // of a block on the same thread; used by that thread only
  private final ReentrantLock lock = new ReentrantLock(); // guards everything below
  private @Nullable Thread body; // while the body runs
  private boolean interrupted; // the body, by this scope
  private boolean timedOut;
  private boolean succeeded; // a child
  private @Nullable String failedName; // of the first child that has failed
  private @Nullable Throwable failure;
  private final List<Throwable> laterFailures = new ArrayList<>();
  private TimeSource.@Nullable Scheduled timer;

  ScopeEnding(ScopeOptions options, Children children) {
    this.options = options;
    this.children = children;
  }

  private <T extends @Nullable Object> T underLock(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  /** Called by the thread that is about to run the body. */
  void begin() {
    outer = INNERMOST.get();
    INNERMOST.set(this);
    underLock(() -> body = Thread.currentThread());
    Duration timeout = options.timeout();
    if (timeout != null) {
      timer = options.time().schedule(timeout, this::timeIsOver);
    }
  }

  private void timeIsOver() {
    underLock(() -> timedOut = true);
    interruptBody(); // first: cancelling runs callbacks, which may block
    children.cancelAll(CANCELLED + "its time is over");
  }

  private void interruptBody() {
    underLock(() -> {
      if (body != null) {
        interrupted = true;
        body.interrupt();
      }
      return null;
    });
  }

  /** Called when a child's future is done; it may end the others if it is decisive. */
  void childDone(CoreFuture<?> child, boolean decisive) {
    try {
      Throwable cause = child.failure();
      if (decisive && cause != null) {
        failed(child, cause);
      } else if (decisive && !child.isCancelled()) {
        succeeded();
      }
    } finally {
      children.done(child); // last: the block may end with it
    }
  }

  private void succeeded() {
    underLock(() -> succeeded = true);
    if (options.until() == Until.SUCCESS) {
      children.cancelAll(null); // the body may not have submitted all of them yet, and must not fail for that
    }
  }

  private void failed(CoreFuture<?> child, Throwable cause) {
    if (options.until() == Until.ALL) {
      return;
    }
    child.ignoreFailure(); // the block throws it
    boolean first = underLock(() -> {
      if (failure != null) {
        laterFailures.add(cause);
        return false;
      }
      failure = cause;
      failedName = child.name();
      return true;
    });
    if (first && options.until() == Until.FAILURE) {
      children.cancelAll(CANCELLED + "its task '" + child.name() + "' has failed");
      interruptBody();
    }
  }

  // ---- after the body ----

  /** Waits for the children and returns or throws what the block does. */
  <T extends @Nullable Object, E extends Exception> T end(T value, @Nullable Throwable thrown) throws E {
    leaveBody();
    if (thrown != null) {
      children.cancelAll(CANCELLED + "its body has thrown " + thrown.getClass().getName());
    }
    RuntimeException stopped = awaitChildren(thrown != null);
    if (timer != null) {
      timer.cancel();
    }
    Throwable outcome = underLock(() -> outcome(thrown));
    if (outcome == null) {
      outcome = stopped;
    }
    if (outcome != null) {
      throw ScopeEnding.<E>asDeclared(outcome);
    }
    return value;
  }

  private void leaveBody() {
    ScopeEnding around = outer;
    if (around == null) {
      INNERMOST.remove();
    } else {
      INNERMOST.set(around);
    }
    boolean withdrawn = underLock(() -> {
      body = null;
      if (interrupted) {
        Thread.interrupted(); // unless the body has reacted to it
      }
      return interrupted;
    });
    if (withdrawn && isInterruptedAround(around)) { // one interrupt may have been for both
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether a block around this one has interrupted this thread, or the task that it runs was stopped. */
  private static boolean isInterruptedAround(@Nullable ScopeEnding around) {
    for (ScopeEnding each = around; each != null; each = each.outer) {
      if (each.hasInterrupted()) {
        return true;
      }
    }
    RunningTask task = RunningTask.current();
    return task != null && task.wasInterrupted();
  }

  private boolean hasInterrupted() {
    return underLock(() -> interrupted);
  }

  /**
   * Waits until all children have ended. An interrupt or a deadlock cancels them and is returned; an interrupt is set again.
   */
  private @Nullable RuntimeException awaitChildren(boolean failed) {
    boolean pending = failed && Thread.interrupted(); // the body has reacted to it
    RuntimeException stopped = null;
    boolean all = false;
    while (!all) {
      try {
        for (List<CoreFuture<?>> open = children.open(); !open.isEmpty(); open = children.open()) {
          GroupWait.await(open, ReturnWhen.ALL_COMPLETED, null); // finds deadlocks
        }
        children.refuse(ENDED);
        new SingleWait(children.ended()).await();
        all = true;
      } catch (InterruptedException | WaitInterruptedException e) {
        stopped = first(stopped, interrupted(e));
        pending |= Thread.interrupted() || e instanceof InterruptedException;
      } catch (DeadlockException e) {
        stopped = first(stopped, e);
      }
      if (!all) {
        children.cancelAll(CANCELLED + "the thread of its block was interrupted or would wait for ever");
      }
    }
    if (pending) {
      Thread.currentThread().interrupt();
    }
    return stopped;
  }

  private static WaitInterruptedException interrupted(Exception e) {
    InterruptedException cause = e instanceof InterruptedException own ? own : new InterruptedException(e.getMessage());
    return new WaitInterruptedException(
        "the children of a task scope", "they were cancelled and have ended: run the block again", cause);
  }

  private static RuntimeException first(@Nullable RuntimeException before, RuntimeException now) {
    return before == null ? now : before;
  }

  private @Nullable Throwable outcome(@Nullable Throwable thrown) {
    Duration timeout = options.timeout();
    if (timedOut && timeout != null) {
      WaitTimeoutException late = new WaitTimeoutException(
          "the block of a task scope", timeout,
          "its tasks were cancelled and have ended: allow more with ScopeOptions.withTimeout, or do less in one block");
      return withCause(late, thrown);
    }
    boolean counts = options.until() == Until.FAILURE || (!succeeded && thrown == null);
    if (failure == null || failedName == null || !counts
        || (thrown instanceof TaskFailedException && thrown.getCause() == failure)) {
      return thrown;
    }
    TaskFailedException failed = new TaskFailedException(failedName, failure);
    for (Throwable later : laterFailures) {
      if (later != failure) {
        failed.addSuppressed(later);
      }
    }
    return withCause(failed, thrown);
  }

  /** Adds what the body has thrown, unless it is only the consequence of its cancellation. */
  private static Throwable withCause(Throwable outcome, @Nullable Throwable thrown) {
    boolean consequence = thrown instanceof CancellationException || thrown instanceof WaitInterruptedException
        || thrown instanceof InterruptedException;
    if (thrown != null && !consequence) {
      outcome.addSuppressed(thrown);
    }
    return outcome;
  }

  /** Throws what the body may throw, as it is declared. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the cast is erased, which is its purpose
  private static <E extends Exception> E asDeclared(Throwable outcome) throws E {
    if (outcome instanceof Error error) {
      throw error;
    }
    throw (E) outcome;
  }
}
