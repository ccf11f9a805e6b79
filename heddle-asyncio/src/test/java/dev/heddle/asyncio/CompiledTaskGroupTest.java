package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** {@link TaskGroupContract} with bodies that are state machines. */
class CompiledTaskGroupTest extends TaskGroupContract {
  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Compiled.async(body);
  }
}
