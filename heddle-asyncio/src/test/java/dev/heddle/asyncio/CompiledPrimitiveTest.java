package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** {@link PrimitiveContract} with bodies that are state machines. */
class CompiledPrimitiveTest extends PrimitiveContract {
  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Compiled.async(body);
  }
}
