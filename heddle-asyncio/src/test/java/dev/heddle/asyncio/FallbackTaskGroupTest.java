package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** {@link TaskGroupContract} with bodies that are virtual threads. */
class FallbackTaskGroupTest extends TaskGroupContract {
  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Fallback.async(body);
  }
}
