package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** {@link LoopQueueContract} with bodies that are virtual threads. */
class FallbackLoopQueueTest extends LoopQueueContract {
  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Fallback.async(body);
  }
}
