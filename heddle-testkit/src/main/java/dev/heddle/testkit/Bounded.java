package dev.heddle.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Bounds the time of a test, and of each test of a class: a test that takes longer fails with a dump of all threads, virtual
 * ones included.
 *
 * <p>Each test runs on a thread of its own. One that hangs is interrupted and, should it ignore that, left behind, so that
 * the
 * tests after it run all the same.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(Watchdog.class)
public @interface Bounded {

  /** How long each test may take, at least 1. Far more than it ever needs: the bound tells a hang, not a slow machine. */
  int seconds() default 30;
}
