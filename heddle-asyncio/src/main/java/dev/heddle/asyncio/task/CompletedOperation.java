package dev.heddle.asyncio.task;

import org.jspecify.annotations.Nullable;

/** An operation that is done already. */
public final class CompletedOperation<T extends @Nullable Object> extends Operation<T> {
  private final T value;

  /**
   * An operation for coroutines of this library that may not wait at all: awaiting it lets cancellation reach them, and the
   * rest of the loop run now and then, as awaiting other operations does.
   */
  public static CompletedOperation<@Nullable Void> checkpoint() {
    return new CompletedOperation<>(null);
  }

  /** An operation with the given result. */
  public CompletedOperation(T value) {
    this.value = value;
  }

  @Override
  @Nullable
  protected Object begin(LoopTask<?> task) {
    return value;
  }

  @Override
  protected boolean withdraw(LoopTask<?> task) {
    return false;
  }

  @Override
  public String toString() {
    return "done";
  }
}
