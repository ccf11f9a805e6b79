package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** {@link GatheringContract} with bodies that are virtual threads. */
class FallbackGatheringTest extends GatheringContract {
  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Fallback.async(body);
  }
}
