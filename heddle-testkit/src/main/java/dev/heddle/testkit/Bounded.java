package dev.heddle.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A time limit for a test, or for each test of a class: a test that takes longer fails with a dump of all threads, including
 * virtual ones.
 *
 * <p>Each test runs on its own thread. A test that hangs is interrupted; if it ignores the interrupt, its thread is
 * abandoned, and the following tests run all the same.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(BoundedExtension.class)
public @interface Bounded {

  /** The time limit of each test, at least 1. Choose much more than it needs: the limit detects hangs, not slow machines. */
  int seconds() default 30;
}
