package dev.heddle.asyncio.task;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import org.jspecify.annotations.Nullable;

/** An async generator that has begun: its body is kept, and the handle that the program holds may become unreachable. */
final class GeneratorNote extends PhantomReference<LoopAsyncGenerator<?>> {
  private final GeneratorStep step;

  GeneratorNote(@Nullable LoopAsyncGenerator<?> handle, GeneratorStep step, ReferenceQueue<LoopAsyncGenerator<?>> queue) {
    super(handle, queue);
    this.step = step;
  }

  GeneratorStep step() {
    return step;
  }
}
