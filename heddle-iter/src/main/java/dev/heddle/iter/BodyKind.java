package dev.heddle.iter;

import dev.heddle.iter.internal.Compiler;
import dev.heddle.iter.internal.Compiler.Machine;
import dev.heddle.iter.internal.Unsupported;
import java.io.Serializable;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.Objects;
import java.util.function.Function;
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
  public interface Runner<B, Y> {
    /** Runs the body with the yielder; returns its result, null if it has none. */
    @Nullable
    Object run(B body, Y yielder) throws Throwable;
  }

  /** From {@link #resume}: the body has returned, and {@link Coroutine#result()} tells what. */
  public static final Object ENDED = new Object();

  static final String NO_BODY = "body must not be null: pass a lambda that takes the yielder, such as y -> y.yield(1)";

  static final BodyKind<GeneratorBody<?>, Yielder<?>> GENERATOR = new BodyKind<>(
      cast(GeneratorBody.class), cast(Yielder.class), ThreadYielders.OfGenerator::new, BodyKind::runGenerator);

  static final BodyKind<CoroutineBody<?, ?, ?>, CoroutineYielder<?, ?>> COROUTINE = new BodyKind<>(
      cast(CoroutineBody.class), cast(CoroutineYielder.class), ThreadYielders.OfCoroutine::new, BodyKind::runCoroutine);

  private final Compiler compiler;
  private final Function<Suspender, Y> yielders;
  private final Runner<B, Y> runner;
  private final ClassValue<CallSite> sites = new ClassValue<>() {
    @Override
    protected CallSite computeValue(Class<?> bodyClass) {
      return new CallSite(canPush(bodyClass));
    }
  };

  /**
   * A kind of body.
   *
   * @param body the functional interface
   * @param yielder the interface of its method's only parameter
   * @param yielders makes the yielder that bodies are given which do not run as a state machine
   * @param runner calls the functional interface's method
   */
  public BodyKind(Class<B> body, Class<Y> yielder, Function<Suspender, Y> yielders, Runner<B, Y> runner) {
    Objects.requireNonNull(body, "body must not be null");
    Objects.requireNonNull(yielder, "yielder must not be null");
    this.compiler = new Compiler(body, yielder, CompiledCoroutine.class);
    this.yielders = Objects.requireNonNull(yielders, "yielders must not be null");
    this.runner = Objects.requireNonNull(runner, "runner must not be null");
  }

  /** Whether it shows in a body of the class how to run it as it is: as a generator's or a coroutine's, and not as both. */
  private boolean canPush(Class<?> bodyClass) {
    boolean generator = GeneratorBody.class.isAssignableFrom(bodyClass);
    boolean coroutine = CoroutineBody.class.isAssignableFrom(bodyClass);
    return generator != coroutine && compiler.bodyInterface() == (generator ? GeneratorBody.class : CoroutineBody.class);
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
   * A coroutine that runs a body of this kind; nothing of it runs yet.
   *
   * @param host a lookup on the body's class if its package is not open to this module, else null
   */
  public <E extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object> Coroutine<E, S, R> start(
      B body, @Nullable Lookup host) {
    return start(body, host, yielders);
  }

  /** As {@link #start(Serializable, Lookup)}, with a yielder for this run only. */
  @SuppressWarnings("unchecked") // the engine knows no types; what goes in and out is the body's
  public <E extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object> Coroutine<E, S, R> start(
      B body, @Nullable Lookup host, Function<? super Suspender, ? extends Y> ownYielders) {
    Objects.requireNonNull(body, NO_BODY);
    CallSite site = Objects.requireNonNull(sites.get(body.getClass()));
    Machine machine = site.isCompiled(host) ? site.machine() : site.choose(compiler, body, host);
    if (machine != null) {
      Object made = machine.create(body);
      if (made != null) {
        CompiledCoroutine<E, S, R> coroutine = (CompiledCoroutine<E, S, R>) made;
        if (machine.usesYielder()) {
          coroutine.bind(ownYielders.apply(NotHere.INSTANCE));
        }
        if (site.canPush) {
          coroutine.keep(body);
        }
        return coroutine;
      }
    }
    return startThread(body, ownYielders);
  }

  /** The same on the fallback engine, whatever the body. */
  <E extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object> Coroutine<E, S, R> startThread(
      B body) {
    return startThread(Objects.requireNonNull(body, NO_BODY), yielders);
  }

  private <E extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object> Coroutine<E, S, R> startThread(
      B body, Function<? super Suspender, ? extends Y> ownYielders) {
    return new ThreadCoroutine<>(suspender -> runner.run(body, ownYielders.apply(suspender)));
  }

  /**
   * Goes on with the body of a coroutine: what {@link Coroutine#send} and {@link Coroutine#raise} do, at less cost and for
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
    return ((AbstractCoroutine<?, ?, ?>) coroutine).drive(sent, raised);
  }

  /**
   * What a driver gets from a yielder's method of the kind {@code EMIT}, so that it can tell it from what {@code YIELD} hands
   * out. A yielder on the fallback engine wraps the value itself.
   *
   * @param value the argument of the method
   */
  public record Emitted(@Nullable Object value) {}

  /** The engine that runs a body, and why; the body is compiled if it was not yet. */
  public Engine engineOf(B body, @Nullable Lookup host) {
    Objects.requireNonNull(body, NO_BODY);
    CallSite site = Objects.requireNonNull(sites.get(body.getClass()));
    if (!site.isCompiled(host)) {
      site.choose(compiler, body, host);
    }
    return site.engine();
  }

  /** What the yielder of a state machine is bound to: the machine suspends without its help. */
  private enum NotHere implements Suspender {
    INSTANCE;

    @Override
    public @Nullable Object suspend(@Nullable Object value) {
      throw wrongPlace();
    }

    @Override
    public @Nullable Object delegate(@Nullable Object source) {
      throw wrongPlace();
    }

    private static GeneratorException wrongPlace() {
      return new GeneratorException.WrongState(
          "a suspending method of the yielder was called by other code than the body itself; only the body may suspend");
    }
  }

  /** The choice of the engine for the bodies of one class. */
  private static final class CallSite {
    private static final System.Logger LOG = System.getLogger("dev.heddle.iter");

    private final boolean canPush;
    private volatile @Nullable Engine engine;
    private volatile @Nullable Machine machine;
    private boolean accessDenied;

    CallSite(boolean canPush) {
      this.canPush = canPush;
    }

    /** Whether there is nothing left to choose. */
    boolean isCompiled(@Nullable Lookup host) {
      return machine != null || (engine != null && host == null);
    }

    @Nullable
    Machine machine() {
      return machine;
    }

    Engine engine() {
      return Objects.requireNonNull(engine, "choose comes first");
    }

    synchronized @Nullable Machine choose(Compiler compiler, Object body, @Nullable Lookup host) {
      if (engine == null || (accessDenied && host != null)) {
        Engine chosen;
        try {
          machine = compiler.compile(body, host);
          chosen = new Engine(Engine.Kind.COMPILED, "the body has become a state machine");
        } catch (Unsupported e) {
          accessDenied = e.accessDenied();
          chosen = new Engine(Engine.Kind.VIRTUAL_THREAD, Objects.requireNonNull(e.getMessage()));
        }
        engine = chosen;
        LOG.log(System.Logger.Level.DEBUG, "{0} runs on {1}", body.getClass().getName(), chosen);
      }
      return machine;
    }
  }
}
