package dev.heddle.iter.engine;

import dev.heddle.iter.GeneratorExit;
import dev.heddle.iter.Iter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One consumption of all that a generator yields: the consumer, and whether it has failed.
 *
 * <p>A consumer's failure must not surface in the body, which could catch it although it did not cause it. As when a loop
 * over the generator fails and closes it, the body meets a {@link GeneratorExit} at its yield, and the failure goes on
 * behind it.
 */
public final class Drain {
  final Consumer<@Nullable Object> sink;
  private @Nullable Throwable failure;

  public Drain(Consumer<@Nullable Object> sink) {
    this.sink = sink;
  }

  /**
   * Consumes a coroutine that has not been started, up to its end or its failure.
   *
   * @param iter perhaps such a coroutine
   * @return whether it was one; if not, nothing has happened
   */
  @SuppressWarnings("unchecked") // what a coroutine that is an Iter<T> yields is a T
  public static <T extends @Nullable Object> boolean all(Iter<T> iter, Consumer<? super T> sink, int budget) {
    if (!(iter instanceof AbstractCoroutine<?, ?, ?> coroutine) || coroutine.state != AbstractCoroutine.CREATED) {
      return false;
    }
    Drain drain = new Drain((Consumer<@Nullable Object>) sink);
    Throwable thrown = null;
    try {
      coroutine.drain(drain, budget);
    } catch (Throwable t) {
      thrown = t;
    }
    drain.rethrow(thrown);
    return true;
  }

  /** Hands one element to the consumer; throws a GeneratorExit if that fails, so that the bodies end. */
  void accept(@Nullable Object element) {
    if (hasFailed()) { // a body that has to end delegates to what has elements still
      throw CoroutineErrors.ignoredExit(element);
    }
    try {
      sink.accept(element);
    } catch (Throwable t) {
      throw failed(t);
    }
  }

  /** Notes a failure of the consumer; returns what to throw at the yield. */
  GeneratorExit failed(Throwable t) {
    failure = t;
    return new GeneratorExit();
  }

  /** Whether the consumer has failed, so that the bodies have to end. */
  boolean hasFailed() {
    return failure != null;
  }

  /** Throws the consumer's failure, if there is one, or else what the bodies have thrown. */
  void rethrow(@Nullable Throwable thrown) {
    Throwable first = failure == null ? thrown : failure;
    if (first != null) {
      if (thrown != null && thrown != first && !(thrown instanceof GeneratorExit)) {
        first.addSuppressed(thrown);
      }
      throw CoroutineErrors.sneaky(first);
    }
  }
}
