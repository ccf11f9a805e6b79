package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** An operation that is done already. */
final class Ready<T extends @Nullable Object> extends Operation<T> {
  private final T value;

  Ready(T value) {
    this.value = value;
  }

  @Override
  @Nullable
  Object begin(Task<?> task) {
    return value;
  }

  @Override
  boolean withdraw(Task<?> task) {
    return false;
  }

  @Override
  public String toString() {
    return "done";
  }
}
