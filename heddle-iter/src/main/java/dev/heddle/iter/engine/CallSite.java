package dev.heddle.iter.engine;

import dev.heddle.iter.GeneratorEngine;
import dev.heddle.iter.compiler.Compiler;
import dev.heddle.iter.compiler.Compiler.Machine;
import dev.heddle.iter.compiler.Unsupported;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The engine of the bodies of one class, which for a lambda means those of one call site. Thread-safe. */
final class CallSite {
  private static final System.Logger LOG = System.getLogger("dev.heddle.iter");

  /** Whether bodies of the class can also be run in push mode. */
  final boolean canPush;

  private volatile @Nullable GeneratorEngine engine;
  private volatile @Nullable Machine machine;

  /** Whether a lookup on the body's class might make a difference; guarded by this. */
  private boolean accessDenied;

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
      boolean asked = chosen == null || chosen.kind() == GeneratorEngine.Kind.COMPILED;
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
      try {
        machine = compiler.compile(body, host);
        chosen = new GeneratorEngine(GeneratorEngine.Kind.COMPILED, "the body has been compiled to a state machine");
      } catch (Unsupported e) {
        accessDenied = e.accessDenied();
        chosen = new GeneratorEngine(GeneratorEngine.Kind.VIRTUAL_THREAD, Objects.requireNonNull(e.getMessage()));
      }
      engine = chosen;
      LOG.log(System.Logger.Level.DEBUG, "{0} runs on {1}", body.getClass().getName(), chosen);
    }
    return machine;
  }
}
