package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** {@link ScopeContract} with bodies that are state machines. */
class CompiledScopeTest extends ScopeContract {
  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Compiled.async(body);
  }
}
