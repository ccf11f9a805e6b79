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

/** The JUnit extension that implements {@link Bounded}. */
final class BoundedExtension implements InvocationInterceptor {
  private static final Duration GRACE = Duration.ofMillis(500);

  BoundedExtension() {}

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

  /** Returns the limit of the method, or that of its class, or that of an enclosing class. */
  private static Duration bound(ExtensionContext context) {
    Optional<Bounded> found = AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), Bounded.class);
    for (Class<?> type = context.getRequiredTestClass(); found.isEmpty() && type != null; type = type.getEnclosingClass()) {
      found = AnnotationSupport.findAnnotation(type, Bounded.class);
    }
    return Duration.ofSeconds(found.map(Bounded::seconds).orElse(30));
  }

  /** Code that runs under a time limit. */
  interface Body {
    void run() throws Throwable;
  }

  /**
   * Runs a body on its own thread; throws what it throws, or an error with a dump of all threads if it exceeds the limit.
   */
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
