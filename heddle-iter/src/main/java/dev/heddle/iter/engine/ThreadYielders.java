package dev.heddle.iter.engine;

import dev.heddle.iter.Coroutine;
import dev.heddle.iter.CoroutineYielder;
import dev.heddle.iter.Iter;
import dev.heddle.iter.Suspender;
import dev.heddle.iter.Yielder;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The yielders that a body on the fallback engine is given. */
public final class ThreadYielders {
  private ThreadYielders() {}

  public record OfGenerator<T extends @Nullable Object>(Suspender suspender) implements Yielder<T> {
    @Override
    public void yield(T value) {
      suspender.suspend(value);
    }

    @Override
    public void yieldFrom(Iterable<? extends T> source) {
      suspender.delegate(source);
    }

    @Override
    public void yieldFrom(Iterator<? extends T> source) {
      suspender.delegate(source);
    }

    @Override
    public void yieldFrom(Iter<? extends T> source) {
      suspender.delegate(source);
    }

    @Override
    public <R extends @Nullable Object> R yieldFrom(Coroutine<? extends T, ?, ? extends R> source) {
      return cast(suspender.delegate(source));
    }
  }

  public record OfCoroutine<Y extends @Nullable Object, S extends @Nullable Object>(Suspender suspender)
      implements
        CoroutineYielder<Y, S> {
    @Override
    public S yield(Y value) {
      return cast(suspender.suspend(value));
    }

    @Override
    public void yieldFrom(Iterable<? extends Y> source) {
      suspender.delegate(source);
    }

    @Override
    public void yieldFrom(Iterator<? extends Y> source) {
      suspender.delegate(source);
    }

    @Override
    public void yieldFrom(Iter<? extends Y> source) {
      suspender.delegate(source);
    }

    @Override
    public <R extends @Nullable Object> R yieldFrom(Coroutine<? extends Y, ? super S, ? extends R> source) {
      return cast(suspender.delegate(source));
    }
  }

  /** The types are those of the body, which hands out and takes nothing else; it decides whether null is one of them. */
  @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
  private static <T extends @Nullable Object> T cast(@Nullable Object value) {
    return (T) value;
  }
}
