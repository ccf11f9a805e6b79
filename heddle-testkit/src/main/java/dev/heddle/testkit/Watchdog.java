package dev.heddle.testkit;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Bounds the time of tests, as {@link Bounded} says. */
final class Watchdog implements InvocationInterceptor {
  private static final Duration GRACE = Duration.ofMillis(500);

  Watchdog() {}

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
      throws Throwable {
    guard(invocation, context);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
      throws Throwable {
    guard(invocation, context);
  }

  private static void guard(Invocation<@Nullable Void> invocation, ExtensionContext context) throws Throwable {
    String name = context.getRequiredTestClass().getSimpleName() + "." + context.getRequiredTestMethod().getName();
    guard(name, bound(context), invocation::proceed);
  }

  /** The method's own bound, or its class's, or that of a class around it. */
  private static Duration bound(ExtensionContext context) {
    Optional<Bounded> found = AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), Bounded.class);
    for (Class<?> type = context.getRequiredTestClass(); found.isEmpty() && type != null; type = type.getEnclosingClass()) {
      found = AnnotationSupport.findAnnotation(type, Bounded.class);
    }
    return Duration.ofSeconds(found.map(Bounded::seconds).orElse(30));
  }

  /** What is run under a bound. */
  interface Body {
    void run() throws Throwable;
  }

  /** Runs a body on a thread of its own, and throws what it throws, or an error with a dump of all threads if it is late. */
  static void guard(String name, Duration bound, Body body) throws Throwable {
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread runner = Thread.ofPlatform()
        .name("test " + name)
        .daemon(true)
        .unstarted(
            () -> {
              try {
                body.run();
              } catch (Throwable e) {
                failure.set(e);
              }
            });
    runner.start();
    if (!runner.join(bound)) {
      String dump = ThreadDump.take();
      AssertionError late = new AssertionError(
          name + " took longer than " + bound.toSeconds() + " s. Something waits for ever, or @Bounded(seconds = …) is"
              + " too short for this machine. Its thread is '" + runner.getName() + "'. All threads:\n" + dump);
      late.setStackTrace(runner.getStackTrace());
      runner.interrupt();
      runner.join(GRACE); // it may still release what it holds
      throw late;
    }
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw thrown;
    }
  }
}
