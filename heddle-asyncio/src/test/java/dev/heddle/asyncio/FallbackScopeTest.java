package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** {@link ScopeContract} with bodies that are virtual threads. */
class FallbackScopeTest extends ScopeContract {
  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Fallback.async(body);
  }
}
