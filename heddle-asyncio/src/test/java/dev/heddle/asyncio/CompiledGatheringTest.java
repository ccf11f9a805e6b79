package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** {@link GatheringContract} with bodies that are state machines. */
class CompiledGatheringTest extends GatheringContract {
  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Compiled.async(body);
  }
}
