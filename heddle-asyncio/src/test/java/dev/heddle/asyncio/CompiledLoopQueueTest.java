package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** {@link LoopQueueContract} with bodies that are state machines. */
class CompiledLoopQueueTest extends LoopQueueContract {
  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Compiled.async(body);
  }
}
