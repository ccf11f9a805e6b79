package dev.heddle.futures.core;

import dev.heddle.base.Cast;
import dev.heddle.base.Describe;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.core.FutureState.Cancelled;
import dev.heddle.futures.core.FutureState.Done;
import dev.heddle.futures.core.FutureState.Failure;
import dev.heddle.futures.core.FutureState.Success;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The forms in which callers get the outcome of a future: a value, an exception that is thrown or returned, or a copy. */
final class Outcomes {
  private Outcomes() {}

  /** Returns the result, or throws as {@link dev.heddle.futures.Future#result} does. */
  static @Nullable Object result(CoreFuture<?> future, Done outcome) {
    return switch (outcome) {
      case Success(var value) -> value;
      case Failure(var cause) -> throw new TaskFailedException(future.name(), cause);
      case Cancelled _ -> throw cancelled(future);
    };
  }

  /** Returns the exception of a failure, null for a result. */
  static @Nullable Throwable exception(CoreFuture<?> future, Done outcome) {
    return switch (outcome) {
      case Success _ -> null;
      case Failure(var cause) -> cause;
      case Cancelled _ -> throw cancelled(future);
    };
  }

  /** Returns the result, or throws as {@link java.util.concurrent.Future#get} does. */
  static @Nullable Object got(CoreFuture<?> future, Done outcome) throws ExecutionException {
    return switch (outcome) {
      case Success(var value) -> value;
      case Failure(var cause) ->
        throw new ExecutionException(future.described() + " failed: " + Describe.failure(cause), cause);
      case Cancelled _ -> throw cancelled(future);
    };
  }

  private static CancellationException cancelled(CoreFuture<?> future) {
    return new CancellationException(future.described() + " was cancelled");
  }

  /** Completes another future in the same way. */
  static <T extends @Nullable Object> void copy(Done outcome, CompletableFuture<T> copy) {
    switch (outcome) {
      case Success(var value) -> copy.complete(Cast.to(value));
      case Failure(var cause) -> copy.completeExceptionally(cause);
      case Cancelled _ -> copy.cancel(false);
    }
  }
}
