package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** {@link TimeoutScopeContract} with bodies that are virtual threads. */
class FallbackTimeoutScopeTest extends TimeoutScopeContract {
  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Fallback.async(body);
  }
}
