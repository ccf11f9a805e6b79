package dev.heddle.futures.core;

import dev.heddle.base.Cast;
import dev.heddle.base.Describe;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.core.FutureState.Done;
import dev.heddle.futures.core.FutureState.Failure;
import dev.heddle.futures.core.FutureState.Success;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The forms in which callers get the outcome of a future: a value, an exception that is thrown or returned, or a copy.
 * Without switches over types, whose first run takes 1 to 2 ms of a program's first task.
 */
final class Outcomes {
  private Outcomes() {}

  /** Returns the result, or throws as {@link dev.heddle.futures.Future#result} does. */
  static @Nullable Object result(CoreFuture<?> future, Done outcome) {
    if (outcome instanceof Success(var value)) {
      return value;
    }
    if (outcome instanceof Failure(var cause)) {
      throw new TaskFailedException(future.name(), cause);
    }
    throw cancelled(future);
  }

  /** Returns the exception of a failure, null for a result. */
  static @Nullable Throwable exception(CoreFuture<?> future, Done outcome) {
    if (outcome instanceof Success) {
      return null;
    }
    if (outcome instanceof Failure(var cause)) {
      return cause;
    }
    throw cancelled(future);
  }

  /** Returns the result, or throws as {@link java.util.concurrent.Future#get} does. */
  static @Nullable Object got(CoreFuture<?> future, Done outcome) throws ExecutionException {
    if (outcome instanceof Success(var value)) {
      return value;
    }
    if (outcome instanceof Failure(var cause)) {
      throw new ExecutionException(future.described() + " failed: " + Describe.failure(cause), cause);
    }
    throw cancelled(future);
  }

  private static CancellationException cancelled(CoreFuture<?> future) {
    return new CancellationException(future.described() + " was cancelled");
  }

  /** Completes another future in the same way. */
  static <T extends @Nullable Object> void copy(Done outcome, CompletableFuture<T> copy) {
    if (outcome instanceof Success(var value)) {
      copy.complete(Cast.to(value));
    } else if (outcome instanceof Failure(var cause)) {
      copy.completeExceptionally(cause);
    } else {
      copy.cancel(false);
    }
  }
}
