package dev.heddle.iter.compiler;

import dev.heddle.iter.spi.Linker;
import java.lang.constant.ClassDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Compiles bodies of one kind to state machines.
 *
 * <p>Thread-safe. A machine's class is referred to by the host's class and unloaded with it.
 */
public final class Compiler {
  /** Set to false to run all bodies as they are, on the fallback engine: for debugging. */
  static final String COMPILE = "dev.heddle.iter.compile";

  private static final boolean OFF = "false".equals(System.getProperty(COMPILE));

  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** So many methods may pass their parameters on to the next one, so that a circle of them ends. */
  private static final int MAX_FORWARDED = 8;

  private final Class<?> bodyInterface;

  /** The method of {@link #bodyInterface}. */
  private final Method method;
  private final Class<?> yielder;
  private final YielderType yielderType;
  private final MachineBase base;

  /**
   * Creates a compiler.
   *
   * @param bodyInterface the functional interface of the bodies
   * @param yielder the interface of their yielder
   * @param base the superclass of the machines
   * @throws IllegalArgumentException if a method of the yielder does not fit its {@link dev.heddle.iter.spi.Suspends}
   */
  public Compiler(Class<?> bodyInterface, Class<?> yielder, Class<?> base) {
    YielderType.check(yielder);
    this.bodyInterface = bodyInterface;
    this.method = Arrays.stream(bodyInterface.getMethods())
        .filter(each -> Modifier.isAbstract(each.getModifiers()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(bodyInterface + " must have an abstract method"));
    this.yielder = yielder;
    this.yielderType = new YielderType(yielder);
    this.base = new MachineBase(base);
  }

  /** Whether machines are made no longer, and those that were made may be of other code than now runs: an agent was found. */
  public static boolean isStopped() {
    return Agents.isFound();
  }

  /** Looks for an agent, which may have come since the last machine was made. */
  public static void lookForAgents() {
    Agents.look();
  }

  /** Returns the functional interface of the bodies. */
  public Class<?> bodyInterface() {
    return bodyInterface;
  }

  /** A method can be the body at several call sites, and a call site can be linked several times. */
  private static final ClassValue<Map<String, Made>> MADE = new ClassValue<>() {
    @Override
    protected Map<String, Made> computeValue(Class<?> host) {
      return new ConcurrentHashMap<>();
    }
  };

  private static final ClassValue<Probe> PROBES = new ClassValue<>() {
    @Override
    protected Probe computeValue(Class<?> host) {
      return new Probe();
    }
  };

  private record Made(MethodHandle constructor, boolean usesYielder, int codeLength) {}

  /**
   * The engine's choice for one body: a machine, or the fallback.
   *
   * @param reasonForFallback why it has no machine; null if it has one
   * @param codeLength how long its code is in the machine, in bytes
   */
  public record Choice(@Nullable String reasonForFallback, int codeLength) {
    /** Whether the virtual machine leaves the body's code to its interpreter. */
    public boolean isTooLongForTheJit() {
      return codeLength >= MachineWriter.JIT_LIMIT;
    }
  }

  /** The state machine of the bodies of one call site. */
  public static final class Machine {
    private final Factory factory;
    private final boolean usesYielder;

    /** In bytes; not used where the machine is chosen by a receiver. */
    private final int codeLength;

    private Machine(Factory factory, boolean usesYielder, int codeLength) {
      this.factory = factory;
      this.usesYielder = usesYielder;
      this.codeLength = codeLength;
    }

    /** Whether a new machine has to be given a yielder. */
    public boolean usesYielder() {
      return usesYielder;
    }

    /** Returns how a body of the call site is run. */
    public Choice choice(Object body) {
      try {
        return factory instanceof Dispatch dispatch ? dispatch.choice(body) : new Choice(null, codeLength);
      } catch (Throwable e) {
        throw new LinkageError("the receiver of a method reference cannot be read", e);
      }
    }

    /** A new machine for a body of the call site; null if this one needs the fallback. */
    public @Nullable Object create(Object body) {
      try {
        return factory.create(body);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new LinkageError("the state machine of a body cannot be made", e);
      }
    }
  }

  /**
   * The state machine for a body and others of the same class.
   *
   * @param granted a lookup on the body's package; null to do with what is open
   * @throws Unsupported if the body cannot be compiled
   */
  public Machine compile(Object body, @Nullable Lookup granted) throws Unsupported {
    if (OFF) {
      throw new Unsupported("bodies are not compiled, as -D" + COMPILE + "=false asks for", Unsupported.Kind.ASKED_FOR);
    }
    try {
      Object bound = BodyLocator.boundBody(body, method, bodyInterface);
      if (bound != null) {
        compile(bound, granted); // so that the engine of the first body is known
        return new Machine(new Dispatch(this, granted, Captures.receiver(body, List.of(bound), granted), true), true, 0);
      }
      BodyLocator located = BodyLocator.locate(body, method, yielder);
      Machine machine = machine(body, located, granted);
      return located.dispatched()
          ? new Machine(new Dispatch(this, granted, Captures.receiver(body, located.captured(), granted), false), true, 0)
          : machine;
    } catch (LinkageError | RuntimeException e) { // whatever a class file may hold, the fallback still runs it
      throw new Unsupported("the engine cannot cope with its code: " + e, e);
    }
  }

  /** Returns the class that holds the code of a body; null if it is not found. */
  public @Nullable Class<?> codeClass(Object body) {
    try {
      Object bound = BodyLocator.boundBody(body, method, bodyInterface);
      return bound == null ? BodyLocator.locate(body, method, yielder).host() : codeClass(bound);
    } catch (Unsupported | LinkageError | RuntimeException e) {
      return null;
    }
  }

  private Machine machine(Object body, BodyLocator located, @Nullable Lookup granted) throws Unsupported {
    Made made = made(located, granted, 0);
    return new Machine(Captures.factory(body, located, made.constructor, granted), made.usesYielder, made.codeLength);
  }

  /** The machine of a method, or of the one that it only passes its parameters on to. */
  private Made made(BodyLocator located, @Nullable Lookup granted, int forwarded) throws Unsupported {
    Agents.check(located.host());
    Lookup lookup = lookup(located.host(), granted);
    Map<String, Made> ofHost = Objects.requireNonNull(MADE.get(located.host()));
    String key = located.key() + base.type.getName() + bodyInterface.getName();
    Made made = ofHost.get(key);
    if (made != null) {
      return made;
    }
    checkVisibility(located.host());
    Body body = located.read();
    BodyLocator target = forwarded < MAX_FORWARDED
        ? Forwarding.target(body, located, method.getReturnType() == void.class)
        : null;
    if (target != null) { // holding no lock: methods of several classes may forward to each other
      made = made(target, granted, forwarded + 1);
      if (target.captured().size() < located.captured().size()) {
        MethodHandle constructor = MethodHandles.dropArguments(made.constructor, 0, located.host());
        made = new Made(constructor, made.usesYielder, made.codeLength);
      }
      ofHost.put(key, made);
      return made;
    }
    synchronized (ofHost) {
      made = ofHost.get(key);
      if (made == null) {
        made = make(located, body, lookup);
        ofHost.put(key, made);
      }
    }
    return made;
  }

  private Made make(BodyLocator located, Body body, Lookup lookup) throws Unsupported {
    Probe probe = Objects.requireNonNull(PROBES.get(located.host()));
    probe.check(located.host(), nameBeside(located.host(), "$$Probe"), lookup);
    MachineWriter writer = new MachineWriter(body, method.getReturnType() != void.class, base, yielderType);
    Class<?> machine = define(located, writer, lookup);
    try {
      lookup.ensureInitialized(machine);
      List<Class<?>> parameters = new ArrayList<>();
      MethodType type = MethodType.fromMethodDescriptorString(located.descriptor(), located.host().getClassLoader());
      if (located.captured().size() == type.parameterCount()) {
        parameters.add(located.host());
      }
      parameters.addAll(type.parameterList().subList(0, type.parameterCount() - 1));
      MethodHandle constructor = lookup.findConstructor(machine, MethodType.methodType(void.class, parameters));
      return new Made(constructor, writer.usesYielder(), writer.codeLength());
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new Unsupported("its state machine cannot be linked: " + e, e);
    }
  }

  private static Class<?> define(BodyLocator located, MachineWriter writer, Lookup lookup) throws Unsupported {
    LinkageError failure = null;
    for (int attempt = 0; attempt < 100; attempt++) {
      byte[] bytes = writer.write(nameBeside(located.host(), "$$Generator"));
      try {
        return lookup.defineClass(bytes);
      } catch (IllegalAccessException e) {
        throw new Unsupported("no class can be defined beside " + located.host().getName() + ": " + e, e,
            Unsupported.Kind.ACCESS_DENIED);
      } catch (LinkageError e) {
        failure = e;
        if (e.getClass() != LinkageError.class) {
          break; // not because another copy of this library has taken the name
        }
      }
    }
    throw new Unsupported("no class can be defined beside " + located.host().getName() + ": " + failure, failure);
  }

  private static ClassDesc nameBeside(Class<?> host, String what) {
    return ClassDesc.of(host.getName() + what + NUMBER.incrementAndGet());
  }

  /** Generated code is linked by the host's class loader, which need not see all of this library. */
  private void checkVisibility(Class<?> host) throws Unsupported {
    for (Class<?> needed : List.of(base.type, Linker.class)) {
      try {
        if (Class.forName(needed.getName(), false, host.getClassLoader()) == needed) {
          continue;
        }
      } catch (ClassNotFoundException | LinkageError e) {
        throw new Unsupported(
            "the class loader of " + host.getName() + " does not see " + needed.getName() + "; let it see the package "
                + needed.getPackageName() + ", too",
            e);
      }
      throw new Unsupported(
          "the class loader of " + host.getName() + " sees another " + needed.getName() + " than the one of"
              + " this library");
    }
  }

  private static Lookup lookup(Class<?> host, @Nullable Lookup granted) throws Unsupported {
    try {
      if (granted != null) {
        return granted.lookupClass() == host ? granted : MethodHandles.privateLookupIn(host, granted);
      }
      Compiler.class.getModule().addReads(host.getModule());
      return MethodHandles.privateLookupIn(host, MethodHandles.lookup());
    } catch (IllegalAccessException e) {
      throw new Unsupported(
          "its package " + host.getPackageName() + " is not open to " + Compiler.class.getModule()
              + "; open it, or pass MethodHandles.lookup() with the body",
          e, Unsupported.Kind.ACCESS_DENIED);
    }
  }

  /** Chooses the machine by the class of the receiver of a method reference. */
  private static final class Dispatch implements Factory {
    private static final class OfReceiver {
      private @Nullable Machine machine;
      private @Nullable String reason;
      private boolean tried;
    }

    private final Compiler compiler;
    private final @Nullable Lookup granted;
    private final @Nullable MethodHandle receiver;

    /** Whether the receiver is itself the body whose machine is wanted. */
    private final boolean bound;
    private final ClassValue<OfReceiver> machines = new ClassValue<>() {
      @Override
      protected OfReceiver computeValue(Class<?> receiver) {
        return new OfReceiver();
      }
    };

    Dispatch(Compiler compiler, @Nullable Lookup granted, @Nullable MethodHandle receiver, boolean bound) {
      this.compiler = compiler;
      this.bound = bound;
      this.granted = granted;
      this.receiver = receiver == null ? null : receiver.asType(MethodType.methodType(Object.class, Object.class));
    }

    @Override
    public @Nullable Object create(Object body) throws Throwable {
      Object on = receiver(body);
      Machine machine = known(body, on).machine;
      return machine == null ? null : machine.create(bound ? on : body);
    }

    Choice choice(Object body) throws Throwable {
      Object on = receiver(body);
      OfReceiver known = known(body, on);
      return known.machine == null ? new Choice(known.reason, 0) : known.machine.choice(bound ? on : body);
    }

    private Object receiver(Object body) throws Throwable {
      return receiver == null
          ? Objects.requireNonNull(BodyLocator.capturedBy(body).getFirst())
          : receiver.invokeExact(body);
    }

    /** Returns what is known of the receiver's class, which is tried first if it was not yet. */
    private OfReceiver known(Object body, Object on) {
      OfReceiver known = Objects.requireNonNull(machines.get(on.getClass()));
      synchronized (known) {
        if (!known.tried) {
          known.tried = true;
          try {
            known.machine = bound
                ? compiler.compile(on, granted)
                : compiler.machine(body, BodyLocator.locate(body, compiler.method, compiler.yielder), granted);
          } catch (Unsupported | LinkageError | RuntimeException e) {
            known.reason = String.valueOf(e.getMessage());
          }
        }
        return known;
      }
    }
  }
}
