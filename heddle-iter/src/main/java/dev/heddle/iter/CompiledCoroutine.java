package dev.heddle.iter;

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

  /** Keeps the body until it starts, so that it can run as it is when all elements are wanted at once. */
  final void keep(Object body) {
    slot = body;
  }

  @Override
  final @Nullable Object pushed() {
    return slot == NONE ? null : slot;
  }

  /** Takes the yielder, in a machine whose body calls methods of it that do not suspend. */
  protected void bind(Object yielder) {}

  /** What a method of the yielder of the kind {@code EMIT} hands out. */
  protected static Object emitted(@Nullable Object value) {
    return new BodyKind.Emitted(value);
  }

  /** A state machine was asked to go on at a point which it does not have. */
  protected static IllegalStateException noSuchPoint(int at) {
    return new IllegalStateException("no suspension point " + at + " in this body: a defect of the generator engine");
  }
}
