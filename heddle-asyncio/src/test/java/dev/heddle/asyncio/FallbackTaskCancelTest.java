package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** {@link TaskCancelContract} with bodies that are virtual threads. */
class FallbackTaskCancelTest extends TaskCancelContract {
  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Fallback.async(body);
  }
}
