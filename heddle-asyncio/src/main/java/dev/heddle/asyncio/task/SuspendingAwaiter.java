package dev.heddle.asyncio.task;

import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.Awaiter;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.base.Cast;
import dev.heddle.futures.Future;
import dev.heddle.iter.GeneratorException;
import dev.heddle.iter.Suspender;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The awaiter of a body on the fallback engine, and of a body that has passed its awaiter to other code. */
public record SuspendingAwaiter(Suspender suspender) implements Awaiter {
  @Override
  public <T extends @Nullable Object> T await(Awaitable<T> what) {
    return Cast.to(suspend(suspender, what));
  }

  @Override
  public <T extends @Nullable Object> T await(CompletionStage<T> stage) {
    return Cast.to(suspend(suspender, stage));
  }

  @Override
  public <T extends @Nullable Object> T await(Future<T> future) {
    return Cast.to(suspend(suspender, future));
  }

  static @Nullable Object suspend(Suspender suspender, @Nullable Object what) {
    try {
      return suspender.suspend(what);
    } catch (GeneratorException.WrongState e) {
      throw new LoopStateException(
          "await outside its coroutine: only the body that was given an awaiter may use it, while it runs; inside a lambda or"
              + " another thread use Async.of(a -> …), which gets an awaiter of its own, and await that",
          e);
    }
  }
}
