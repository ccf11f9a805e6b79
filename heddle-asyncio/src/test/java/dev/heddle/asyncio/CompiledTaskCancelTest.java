package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** {@link TaskCancelContract} with bodies that are state machines. */
class CompiledTaskCancelTest extends TaskCancelContract {
  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Compiled.async(body);
  }
}
