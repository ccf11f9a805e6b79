package dev.heddle.futures.core;

import dev.heddle.futures.core.FutureState.Cancelled;
import dev.heddle.futures.core.FutureState.Failure;
import dev.heddle.futures.core.FutureState.Success;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A future that completes as a {@link CompletionStage} does. */
public final class StageFuture<T extends @Nullable Object> extends CoreFuture<T> {
  private static final AtomicLong COUNT = new AtomicLong();

  private final CompletionStage<T> stage;
  private final long number = COUNT.incrementAndGet();

  private StageFuture(CompletionStage<T> stage) {
    this.stage = stage;
  }

  /** A future of the given stage. */
  public static <T extends @Nullable Object> StageFuture<T> of(CompletionStage<T> stage) {
    StageFuture<T> future = new StageFuture<>(stage);
    stage.whenComplete(future::stageEnded);
    return future;
  }

  @Override
  public boolean isIdle() {
    return !isDone();
  }

  private void stageEnded(T result, @Nullable Throwable error) {
    if (error == null) {
      complete(new Success(result));
      return;
    }
    Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    complete(cause instanceof CancellationException ? Cancelled.INSTANCE : new Failure(cause));
  }

  @Override
  public String name() {
    return "stage-" + number;
  }

  @Override
  protected void ended(FutureState.Done outcome) {
    if (outcome == Cancelled.INSTANCE) {
      stopRunning(); // also after cancel(false): a stage counts as pending until it is done
    }
  }

  @Override
  protected void stopRunning() {
    try {
      stage.toCompletableFuture().cancel(true);
    } catch (UnsupportedOperationException e) {
      // a stage may not support conversion; it continues, and its outcome is ignored
    }
  }
}
