package dev.heddle.iter.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what a call of a yielder's method does to the body that makes it.
 *
 * <p>The transformer reads it from the yielder's interface. A method without the mark makes a body that calls it run on the
 * fallback engine, because nothing is known about it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Suspends {

  /** How the marked method treats the body. */
  Kind value();

  /** The ways a yielder's method may treat the body. */
  enum Kind {
    /** The body suspends; the only argument goes to the driver, and what the driver sends is the value of the call. */
    YIELD,
    /** As {@code YIELD}, but the driver gets the argument as an {@code Emitted}: for yielders with two ways to suspend. */
    EMIT,
    /** The body suspends until the only argument, a coroutine or an iterator, is exhausted; its result is the value. */
    DELEGATE,
    /** An ordinary method: it returns without ever suspending the body, also not through another method of the yielder. */
    NEVER
  }
}
