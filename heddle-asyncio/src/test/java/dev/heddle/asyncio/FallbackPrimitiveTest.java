package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** {@link PrimitiveContract} with bodies that are virtual threads. */
class FallbackPrimitiveTest extends PrimitiveContract {
  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Fallback.async(body);
  }
}
