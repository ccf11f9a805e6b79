package dev.heddle.asyncio.task;

import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.ReceivingYielder;
import dev.heddle.base.Cast;
import dev.heddle.futures.Future;
import dev.heddle.iter.BodyKind;
import dev.heddle.iter.Suspender;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The yielder of a receiving generator on the fallback engine, and of one whose body has passed it to other code. */
public record SuspendingReceiver<E extends @Nullable Object, S extends @Nullable Object>(Suspender suspender)
    implements
      ReceivingYielder<E, S> {
  @Override
  public S yield(E element) {
    return Cast.to(SuspendingAwaiter.suspend(suspender, new BodyKind.Emitted(element)));
  }

  @Override
  public <T extends @Nullable Object> T await(Awaitable<T> what) {
    return Cast.to(SuspendingAwaiter.suspend(suspender, what));
  }

  @Override
  public <T extends @Nullable Object> T await(CompletionStage<T> stage) {
    return Cast.to(SuspendingAwaiter.suspend(suspender, stage));
  }

  @Override
  public <T extends @Nullable Object> T await(Future<T> future) {
    return Cast.to(SuspendingAwaiter.suspend(suspender, future));
  }
}
