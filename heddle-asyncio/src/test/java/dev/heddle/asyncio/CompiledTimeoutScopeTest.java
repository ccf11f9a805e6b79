package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** {@link TimeoutScopeContract} with bodies that are state machines. */
class CompiledTimeoutScopeTest extends TimeoutScopeContract {
  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Compiled.async(body);
  }
}
