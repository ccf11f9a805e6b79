package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** {@link ReceivingGeneratorContract} with bodies that are virtual threads. */
class FallbackReceivingGeneratorTest extends ReceivingGeneratorContract {
  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Fallback.async(body);
  }

  @Override
  <T, S> ReceivingGenerator<T, S> generator(ReceivingBody<T, S> body) {
    return ReceivingGenerator.of(y -> body.run(y));
  }
}
