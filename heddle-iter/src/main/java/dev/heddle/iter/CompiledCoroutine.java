package dev.heddle.iter;

import dev.heddle.iter.engine.AbstractCoroutine;
import org.jspecify.annotations.Nullable;

/**
 * The superclass of the state machines that the engine generates from bodies; programs neither use nor extend it.
 *
 * <p>It is public because a state machine is a class of its body's package.
 */
public abstract non-sealed class CompiledCoroutine<Y extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object>
    extends
      AbstractCoroutine<Y, S, R> {

  /** For the generated constructors. */
  protected CompiledCoroutine() {}

  @Override
  protected final @Nullable Object pushed() {
    return slot == NONE ? null : slot;
  }

  /** Wraps what a method of the yielder of the kind {@code EMIT} hands out. */
  protected static Object emitted(@Nullable Object value) {
    return new BodyKind.Emitted(value);
  }

  /** Creates the error of a state machine that was resumed at a point which it does not have. */
  protected static IllegalStateException noSuchPoint(int at) {
    return new IllegalStateException("no suspension point " + at + " in this body: a defect of the generator engine");
  }
}
