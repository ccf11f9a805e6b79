package dev.heddle.iter.engine;

import dev.heddle.iter.GeneratorEngine;
import dev.heddle.iter.compiler.Compiler;
import dev.heddle.iter.compiler.Compiler.Machine;
import dev.heddle.iter.compiler.Unsupported;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The engine of the bodies of one class, which for a lambda means those of one call site. Thread-safe. */
final class CallSite {
  private static final System.Logger LOG = System.getLogger("dev.heddle.iter");

  /** Whether bodies of the class can also be run in push mode. */
  final boolean canPush;

  private volatile @Nullable GeneratorEngine engine;
  private volatile @Nullable Machine machine;

  private static final AtomicBoolean TOLD_OF_NEW_FILES = new AtomicBoolean();

  /** Whether a lookup on the body's class might make a difference; guarded by this. */
  private boolean accessDenied;

  /** Whether the fallback engine was asked for; written before the engine is. */
  private boolean askedFor;

  private volatile @Nullable Fallback fallback;

  CallSite(boolean canPush) {
    this.canPush = canPush;
  }

  /** Returns whether the engine has been chosen and a lookup, where one is given, would not change the choice. */
  boolean isChosen(@Nullable Lookup host) {
    return machine != null || (engine != null && host == null);
  }

  /** Returns the state machine, or null if bodies of the class run on the fallback engine. */
  @Nullable
  Machine machine() {
    return machine;
  }

  /** Returns the watch of the bodies that run on the fallback engine. */
  Fallback fallback(Compiler compiler, Object body) {
    Fallback known = fallback;
    if (known == null) {
      GeneratorEngine chosen = engine;
      boolean asked = chosen == null || chosen.kind() == GeneratorEngine.Kind.COMPILED || askedFor;
      known = new Fallback(body.getClass().getName(), compiler.codeClass(body), asked ? null : chosen);
      fallback = known;
    }
    return known;
  }

  /** Returns the engine, which must have been chosen. */
  GeneratorEngine engine() {
    return Objects.requireNonNull(engine, "choose comes first");
  }

  /** Chooses the engine, if that has not been done; returns the state machine, or null for the fallback engine. */
  synchronized @Nullable Machine choose(Compiler compiler, Object body, @Nullable Lookup host) {
    if (engine == null || (accessDenied && host != null)) {
      GeneratorEngine chosen;
      System.Logger.Level level = System.Logger.Level.DEBUG;
      try {
        Machine made = compiler.compile(body, host);
        machine = made;
        chosen = new GeneratorEngine(GeneratorEngine.Kind.COMPILED, reason(made));
        if (made.isTooLongForTheJit() && Fallback.warns()) {
          level = System.Logger.Level.WARNING;
        }
      } catch (Unsupported e) {
        accessDenied = e.kind() == Unsupported.Kind.ACCESS_DENIED;
        askedFor = e.kind() == Unsupported.Kind.ASKED_FOR;
        chosen = new GeneratorEngine(GeneratorEngine.Kind.VIRTUAL_THREAD, Objects.requireNonNull(e.getMessage()));
        boolean newFile = e.kind() == Unsupported.Kind.NEW_CLASS_FILE;
        if (newFile && Fallback.warns() && TOLD_OF_NEW_FILES.compareAndSet(false, true)) { // it would be the same for all bodies
          level = System.Logger.Level.WARNING;
        }
      }
      engine = chosen;
      LOG.log(level, "{0} runs on {1}", body.getClass().getName(), chosen);
    }
    return machine;
  }

  private static String reason(Machine made) {
    String compiled = "the body has been compiled to a state machine";
    return made.isTooLongForTheJit()
        ? compiled + ", whose code has " + made.codeLength()
            + " bytes; the virtual machine's compiler leaves methods of 8,000"
            + " bytes and more to the interpreter, so split the body into generators and join them with yieldFrom"
        : compiled;
  }
}
