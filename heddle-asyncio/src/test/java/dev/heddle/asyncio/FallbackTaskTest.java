package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** {@link TaskContract} with bodies that are virtual threads. */
class FallbackTaskTest extends TaskContract {
  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Fallback.async(body);
  }
}
