package dev.heddle.iter.engine;

import dev.heddle.iter.BodyKind;
import dev.heddle.iter.CompiledCoroutine;
import dev.heddle.iter.Coroutine;
import dev.heddle.iter.CoroutineBody;
import dev.heddle.iter.GeneratorBody;
import dev.heddle.iter.GeneratorEngine;
import dev.heddle.iter.GeneratorException;
import dev.heddle.iter.Suspender;
import dev.heddle.iter.compiler.Compiler;
import dev.heddle.iter.compiler.Compiler.Machine;
import java.io.Serializable;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Starts the bodies of one kind on the engine that suits them: as a state machine where the compiler can make one, else on a
 * virtual thread.
 *
 * <p>Thread-safe. The engine of each call site is chosen once and kept with the class of its lambda.
 *
 * @param <B> the functional interface of the bodies
 * @param <Y> the interface of their yielder
 */
public final class BodyStarter<B extends Serializable, Y> {
  private final Compiler compiler;
  private final Function<Suspender, Y> yielders;
  private final BodyKind.Invoker<B, Y> runner;
  private final ClassValue<CallSite> sites = new ClassValue<>() {
    @Override
    protected CallSite computeValue(Class<?> bodyClass) {
      return new CallSite(canPush(bodyClass));
    }
  };

  /** Creates a starter for a kind of bodies; the arguments are those of {@link BodyKind}. */
  public BodyStarter(Class<B> body, Class<Y> yielder, Function<Suspender, Y> yielders, BodyKind.Invoker<B, Y> runner) {
    this.compiler = new Compiler(body, yielder, CompiledCoroutine.class);
    this.yielders = yielders;
    this.runner = runner;
  }

  /**
   * Whether the class of a body shows how to run it as it is: as a generator's or as a coroutine's body, but not as both.
   */
  private boolean canPush(Class<?> bodyClass) {
    boolean generator = GeneratorBody.class.isAssignableFrom(bodyClass);
    boolean coroutine = CoroutineBody.class.isAssignableFrom(bodyClass);
    return generator != coroutine && compiler.bodyInterface() == (generator ? GeneratorBody.class : CoroutineBody.class);
  }

  /** Creates a coroutine that runs the body; nothing of it runs yet. Arguments as {@link BodyKind#start}. */
  public <E extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object> Coroutine<E, S, R> start(
      B body, @Nullable Lookup host) {
    return start(body, host, yielders);
  }

  /** As {@link #start(Serializable, Lookup)}, with a yielder for this run only. */
  @SuppressWarnings("unchecked") // the engine knows no types; what goes in and out is the body's
  public <E extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object> Coroutine<E, S, R> start(
      B body, @Nullable Lookup host, Function<? super Suspender, ? extends Y> ownYielders) {
    CallSite site = Objects.requireNonNull(sites.get(body.getClass()));
    Machine machine = site.isChosen(host) ? site.machine() : site.choose(compiler, body, host);
    if (machine != null) {
      Object made = machine.create(body);
      if (made != null) {
        AbstractCoroutine<E, S, R> coroutine = (CompiledCoroutine<E, S, R>) made;
        if (machine.usesYielder()) {
          coroutine.bind(ownYielders.apply(NoSuspender.INSTANCE));
        }
        if (site.canPush) {
          coroutine.slot = body;
        }
        return coroutine;
      }
    }
    return startThread(
        body, ownYielders, site, machine == null ? site.engine() : CallSite.engine(machine.choice(body)));
  }

  /** Creates a coroutine that runs the body on the fallback engine, whatever the body. */
  public <E extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object> Coroutine<E, S, R> startThread(
      B body) {
    return startThread(body, yielders, Objects.requireNonNull(sites.get(body.getClass())), null);
  }

  private <E extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object> Coroutine<E, S, R> startThread(
      B body, Function<? super Suspender, ? extends Y> ownYielders, CallSite site, @Nullable GeneratorEngine why) {
    return new ThreadCoroutine<>(
        suspender -> runner.run(body, ownYielders.apply(suspender)), site.fallback(compiler, body, why));
  }

  /** Returns the engine that runs a body, and why; the body is compiled if it was not yet. */
  public GeneratorEngine engineOf(B body, @Nullable Lookup host) {
    Compiler.lookForAgents();
    CallSite site = Objects.requireNonNull(sites.get(body.getClass()));
    if (!site.isChosen(host)) {
      site.choose(compiler, body, host);
    }
    Machine machine = site.machine();
    return machine == null ? site.engine() : CallSite.engine(machine.choice(body));
  }

  /** The suspender of a state machine's yielder: the machine suspends by itself, so no call of these methods is legal. */
  private enum NoSuspender implements Suspender {
    INSTANCE;

    @Override
    public @Nullable Object suspend(@Nullable Object value) {
      throw wrongCaller();
    }

    @Override
    public @Nullable Object delegate(@Nullable Object source) {
      throw wrongCaller();
    }

    private static GeneratorException wrongCaller() {
      return new GeneratorException.WrongState(
          "a suspending method of the yielder was called by other code than the body itself; only the body may suspend");
    }
  }
}
