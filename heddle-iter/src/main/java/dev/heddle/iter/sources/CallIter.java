package dev.heddle.iter.sources;

import dev.heddle.iter.pull.Lookahead;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The results of a function, called again and again until it throws the agreed exception. */
public final class CallIter<T extends @Nullable Object> extends Lookahead<T> {
  private final Callable<? extends T> call;
  private final Predicate<? super Exception> stop;

  public CallIter(Callable<? extends T> call, Predicate<? super Exception> stop) {
    this.call = call;
    this.stop = stop;
  }

  @Override
  protected @Nullable Object produce(int budget) {
    try {
      return call.call();
    } catch (Exception e) {
      if (stop.test(e)) {
        return END;
      }
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw e instanceof RuntimeException unchecked
          ? unchecked
          : new IllegalStateException("the function of iterExcept failed; name its exception to make it the end", e);
    }
  }
}
