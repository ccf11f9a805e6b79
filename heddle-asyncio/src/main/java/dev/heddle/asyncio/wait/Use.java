package dev.heddle.asyncio.wait;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.Cancelled;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.asyncio.task.OwnLookup;
import dev.heddle.asyncio.task.Unchecked;
import dev.heddle.base.Cast;
import dev.heddle.base.Check;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Opens a resource, uses it, and awaits its closing. */
public final class Use {

  private Use() {}

  /** See {@link Asyncio#use(Awaitable, Function, Function)}. */
  public static <R extends @Nullable Object, T extends @Nullable Object> Async<T> of(
      Awaitable<R> open, Function<? super R, ? extends Async<T>> body, Function<? super R, ? extends Awaitable<?>> close) {
    Check.notNull(open, "open");
    Check.notNull(body, "body");
    Check.notNull(close, "close");
    return Async.of(
        OwnLookup.HERE,
        a -> {
          R resource = a.await(open);
          T result = null;
          Throwable thrown = null;
          try {
            result = a.await(body.apply(resource));
          } catch (Throwable t) {
            thrown = t;
          }
          LoopTask<?> task = LoopTask.of(Asyncio.currentTask());
          boolean postponed = task.postpone(); // else the await would throw it, and not begin to close
          try {
            a.await(close.apply(resource));
          } catch (Throwable t) {
            thrown = both(thrown, t);
          }
          if (postponed && !(thrown instanceof Cancelled)) {
            task.requestAgain();
          }
          if (thrown != null) {
            throw Unchecked.rethrow(thrown);
          }
          return Cast.to(result);
        });
  }

  /** Returns what to throw if the body has thrown, or not, and then closing has. */
  private static Throwable both(@Nullable Throwable first, Throwable second) {
    if (first == null) {
      return second;
    }
    if (first != second) {
      first.addSuppressed(second);
    }
    if (second instanceof Cancelled && !(first instanceof Cancelled)) {
      LoopTask.of(Asyncio.currentTask()).requestAgain(); // the failure is thrown now, and the cancellation at the next await
    }
    return first;
  }
}
