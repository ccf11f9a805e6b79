package dev.heddle.testkit;

import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.spi.Attempt;
import dev.heddle.futures.spi.Work;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A task without a future: what its engine does with it can be looked at, and stopped in the middle. */
public final class FakeWork implements Work, Attempt {
  /** What became of the task. */
  public final CompletableFuture<@Nullable Object> outcome = new CompletableFuture<>();
  private final TaskCallable<?> body;
  private final Runnable asItBegins;
  private volatile @Nullable Object attachment;
  private volatile boolean begun;

  /**
   * Creates a task.
   *
   * @param asItBegins is run by the engine when it claims the task
   */
  public FakeWork(TaskCallable<?> body, Runnable asItBegins) {
    this.body = body;
    this.asItBegins = asItBegins;
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public @Nullable Callable<?> body() {
    return outcome.isDone() ? null : body;
  }

  @Override
  public @Nullable Attempt begin() {
    asItBegins.run();
    begun = !outcome.isDone();
    return begun ? this : null;
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
    if (!begun) {
      outcome.completeExceptionally(cause);
    }
  }

  @Override
  public Work work() {
    return this;
  }

  @Override
  public int number() {
    return 1;
  }

  @Override
  public boolean started() {
    return !outcome.isDone();
  }

  @Override
  public void run() {
    throw new AssertionError("it is for a worker");
  }

  @Override
  public void interrupt() {}

  @Override
  public void succeed(@Nullable Object result) {
    outcome.complete(result);
  }

  @Override
  public void fail(Throwable cause) {
    outcome.completeExceptionally(cause);
  }
}
