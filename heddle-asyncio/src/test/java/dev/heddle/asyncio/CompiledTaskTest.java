package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** {@link TaskContract} with bodies that are state machines. */
class CompiledTaskTest extends TaskContract {
  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Compiled.async(body);
  }
}
