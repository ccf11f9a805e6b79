package dev.heddle.iter;

import dev.heddle.iter.engine.AbstractCoroutine;
import dev.heddle.iter.engine.BodyStarter;
import dev.heddle.iter.engine.ThreadYielders;
import dev.heddle.iter.engine.Traces;
import java.io.Serializable;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A kind of suspendable code: a functional interface whose method takes a yielder, and how to run it.
 *
 * <p>Generators and coroutines are two kinds. A library with suspending code of its own, such as an event loop with {@code
 * await}, declares a yielder interface whose suspending methods carry {@link dev.heddle.iter.spi.Suspends}, and makes one
 * constant of this class for it; its bodies then run on the same engines, driven through {@link Coroutine}.
 *
 * <p>Thread-safe. The engine of each call site is chosen once and kept with the class of its lambda.
 *
 * @param <B> the functional interface; its method takes the yielder and returns the result or nothing
 * @param <Y> the yielder's interface
 */
public final class BodyKind<B extends Serializable, Y> {

  /** Calls the method of a body's functional interface. */
  @FunctionalInterface
  public interface Invoker<B, Y> {
    /** Runs the body with the yielder; returns its result, null if it has none. */
    @Nullable
    Object run(B body, Y yielder) throws Throwable;
  }

  /** Returned by {@link #resume} when the body has returned; {@link Coroutine#result()} is the body's result. */
  public static final Object ENDED = new Object();

  static final String NO_BODY = "body must not be null: pass a lambda that takes the yielder, such as y -> y.yield(1)";

  static final String NO_HOST = "host must not be null: pass MethodHandles.lookup(), or leave it out";

  static final BodyKind<GeneratorBody<?>, Yielder<?>> GENERATOR = new BodyKind<>(
      cast(GeneratorBody.class), cast(Yielder.class), ThreadYielders.OfGenerator::new, BodyKind::runGenerator);

  static final BodyKind<CoroutineBody<?, ?, ?>, CoroutineYielder<?, ?>> COROUTINE = new BodyKind<>(
      cast(CoroutineBody.class), cast(CoroutineYielder.class), ThreadYielders.OfCoroutine::new, BodyKind::runCoroutine);

  private final BodyStarter<B, Y> starter;

  /**
   * Creates a kind of body.
   *
   * @param body the functional interface
   * @param yielder the interface of its method's only parameter
   * @param yielders creates the yielder that is passed to bodies which do not run as a state machine
   * @param runner calls the functional interface's method
   */
  public BodyKind(Class<B> body, Class<Y> yielder, Function<Suspender, Y> yielders, Invoker<B, Y> runner) {
    Objects.requireNonNull(body, "body must not be null");
    Objects.requireNonNull(yielder, "yielder must not be null");
    Objects.requireNonNull(yielders, "yielders must not be null");
    Objects.requireNonNull(runner, "runner must not be null");
    this.starter = new BodyStarter<>(body, yielder, yielders, runner);
  }

  @SuppressWarnings("unchecked") // a class literal knows no type arguments
  private static <T> Class<T> cast(Class<?> type) {
    return (Class<T>) type;
  }

  @SuppressWarnings("unchecked") // the yielder was made for this body
  private static @Nullable Object runGenerator(GeneratorBody<?> body, Yielder<?> yielder) throws Exception {
    ((GeneratorBody<@Nullable Object>) body).run((Yielder<@Nullable Object>) yielder);
    return null;
  }

  @SuppressWarnings("unchecked") // the yielder was made for this body
  private static @Nullable Object runCoroutine(CoroutineBody<?, ?, ?> body, CoroutineYielder<?, ?> yielder)
      throws Exception {
    return ((CoroutineBody<@Nullable Object, @Nullable Object, @Nullable Object>) body)
        .run((CoroutineYielder<@Nullable Object, @Nullable Object>) yielder);
  }

  /**
   * Creates a coroutine that runs a body of this kind; nothing of it runs yet.
   *
   * @param host a lookup on the body's class if its package is not open to this module, else null
   */
  public <E extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object> Coroutine<E, S, R> start(
      B body, @Nullable Lookup host) {
    return starter.start(Objects.requireNonNull(body, NO_BODY), host);
  }

  /** As {@link #start(Serializable, Lookup)}, with a yielder for this run only. */
  public <E extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object> Coroutine<E, S, R> start(
      B body, @Nullable Lookup host, Function<? super Suspender, ? extends Y> ownYielders) {
    return starter.start(Objects.requireNonNull(body, NO_BODY), host, ownYielders);
  }

  /** Creates a coroutine that runs the body on the fallback engine, whatever the body. */
  <E extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object> Coroutine<E, S, R> startThread(
      B body) {
    return starter.startThread(Objects.requireNonNull(body, NO_BODY));
  }

  /**
   * Resumes the body of a coroutine: what {@link Coroutine#send} and {@link Coroutine#raise} do, at less cost and for
   * drivers whose bodies do not delegate. What the body throws passes unchanged, also a {@link
   * java.util.NoSuchElementException}.
   *
   * @param sent the value of the call where it waits; ignored if it was not started
   * @param raised what to throw there instead; null for nothing, and before the start
   * @return what the body hands out ({@link Emitted} from a method of the kind {@code EMIT}), or {@link #ENDED}
   * @throws GeneratorException.AlreadyExecuting if the body is running
   * @throws GeneratorException.WrongState if it has ended
   */
  public static @Nullable Object resume(Coroutine<?, ?, ?> coroutine, @Nullable Object sent, @Nullable Throwable raised) {
    return AbstractCoroutine.drive((AbstractCoroutine<?, ?, ?>) coroutine, sent, raised);
  }

  /**
   * Completes the stack trace of an exception, as if the bodies that wait for each other were on one stack: where they wait
   * takes the place of the frames of their driver. An exception without such frames is left as it is.
   *
   * @param thrower the body that has thrown it just now; null if it comes from the driver
   * @param waiting gives the places where bodies wait, from the one that waits for the thrower, or for the driver, up to the
   *     outermost; asked only if they are put in
   * @param isDriver whether a frame is the driver's
   * @param isHidden whether a frame between the driver and the body is the driver's, too
   */
  public static void completeTrace(
      Throwable thrown, @Nullable Coroutine<?, ?, ?> thrower, Supplier<List<StackTraceElement>> waiting,
      Predicate<StackTraceElement> isDriver, Predicate<StackTraceElement> isHidden) {
    Traces.addWaiting(thrown, (AbstractCoroutine<?, ?, ?>) thrower, waiting, isDriver, isHidden);
  }

  /**
   * Returns where a suspended body waits: the innermost place first, as in a stack trace, and several if the body has called
   * methods that wait for it. Empty if it is not suspended, or was compiled without line numbers.
   */
  public static List<StackTraceElement> places(Coroutine<?, ?, ?> coroutine) {
    return Traces.places((AbstractCoroutine<?, ?, ?>) coroutine);
  }

  /**
   * The value that a driver gets from a yielder's method of the kind {@code EMIT}, to distinguish it from what {@code YIELD}
   * hands out. A yielder on the fallback engine wraps the value itself.
   *
   * @param value the argument of the method
   */
  public record Emitted(@Nullable Object value) {}

  /** Returns the engine that runs a body, and why; the body is compiled if it was not yet. */
  public GeneratorEngine engineOf(B body, @Nullable Lookup host) {
    return starter.engineOf(Objects.requireNonNull(body, NO_BODY), host);
  }
}
