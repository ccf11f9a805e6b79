package dev.heddle.futures.core;

import dev.heddle.futures.Future;
import dev.heddle.futures.core.FutureState.Observer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An observer that calls a callback of the user; what that throws is logged.
 *
 * @param callback is given the future, which is done
 */
record DoneCallback<T extends @Nullable Object>(Consumer<? super Future<T>> callback) implements Observer {
  @Override
  @SuppressWarnings("unchecked") // it was added to a Future<T>
  public void done(CoreFuture<?> future) {
    try {
      callback.accept((Future<T>) future);
    } catch (Throwable e) {
      IgnoredErrors.log("a callback of ", future, e);
    }
  }

  @Override
  public boolean isForeign() {
    return true;
  }
}
