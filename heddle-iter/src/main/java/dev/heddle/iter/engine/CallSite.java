package dev.heddle.iter.engine;

import dev.heddle.iter.GeneratorEngine;
import dev.heddle.iter.compiler.Compiler;
import dev.heddle.iter.compiler.Compiler.Choice;
import dev.heddle.iter.compiler.Compiler.Machine;
import dev.heddle.iter.compiler.Unsupported;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The engine of the bodies of one class, which for a lambda means those of one call site. Thread-safe. */
final class CallSite {
  private static final System.Logger LOG = System.getLogger("dev.heddle.iter");

  /** Whether bodies of the class can also be run in push mode. */
  final boolean canPush;

  private volatile @Nullable GeneratorEngine engine;
  private volatile @Nullable Machine machine;

  /** What is usually the same for all bodies of a program, and so is told once. */
  private static final Set<Unsupported.Kind> OF_ALL_BODIES = EnumSet.of(Unsupported.Kind.NEW_CLASS_FILE,
      Unsupported.Kind.AGENT,
      Unsupported.Kind.LOADER);

  private static final Set<Unsupported.Kind> TOLD = ConcurrentHashMap.newKeySet();

  /** Why there is no machine; null if there is one, or before the engine is chosen. Written before the engine is. */
  private Unsupported.@Nullable Kind unsupported;

  /** By the reason; bodies of one method reference may have several. */
  private final Map<String, Fallback> fallbacks = new ConcurrentHashMap<>();

  CallSite(boolean canPush) {
    this.canPush = canPush;
  }

  /** Returns whether the engine has been chosen and a lookup, where one is given, would not change the choice. */
  boolean isChosen(@Nullable Lookup host) {
    return machine != null ? !Compiler.isStopped() : engine != null && host == null;
  }

  /** Returns the state machine, or null if bodies of the class run on the fallback engine. */
  @Nullable
  Machine machine() {
    return machine;
  }

  /**
   * Returns the watch of the bodies that run on the fallback engine.
   *
   * @param why the engine of the given body, with the reason; null if the fallback engine was asked for
   */
  Fallback fallback(Compiler compiler, Object body, @Nullable GeneratorEngine why) {
    GeneratorEngine shown = unsupported == Unsupported.Kind.ASKED_FOR ? null : why;
    return fallbacks.computeIfAbsent(
        shown == null ? "" : shown.reason(), _ -> new Fallback(body.getClass().getName(), compiler.codeClass(body), shown));
  }

  /** Returns the engine, which must have been chosen. */
  GeneratorEngine engine() {
    return Objects.requireNonNull(engine, "choose comes first");
  }

  /**
   * Chooses the engine, if that has not been done, or again if an agent has come since; returns the state machine, or null for
   * the fallback engine.
   */
  synchronized @Nullable Machine choose(Compiler compiler, Object body, @Nullable Lookup host) {
    if (engine == null
        || (machine != null && Compiler.isStopped())
        || (unsupported == Unsupported.Kind.ACCESS_DENIED && host != null)) {
      GeneratorEngine chosen;
      System.Logger.Level level = System.Logger.Level.DEBUG;
      try {
        Machine made = compiler.compile(body, host);
        machine = made;
        unsupported = null;
        Choice choice = made.choice(body);
        chosen = engine(choice);
        if (choice.isTooLongForTheJit() && Fallback.warns()) {
          level = System.Logger.Level.WARNING;
        }
      } catch (Unsupported e) {
        machine = null;
        unsupported = e.kind();
        chosen = new GeneratorEngine(GeneratorEngine.Kind.VIRTUAL_THREAD, Objects.requireNonNull(e.getMessage()));
        if (OF_ALL_BODIES.contains(e.kind()) && Fallback.warns() && TOLD.add(e.kind())) {
          level = System.Logger.Level.WARNING;
        }
      }
      engine = chosen;
      LOG.log(level, "{0} runs on {1}", body.getClass().getName(), chosen);
    }
    return machine;
  }

  /** Returns what a program is told of a body for which, or for others of its class, there is a machine. */
  static GeneratorEngine engine(Choice choice) {
    String needsFallback = choice.reasonForFallback();
    if (needsFallback != null) {
      return new GeneratorEngine(GeneratorEngine.Kind.VIRTUAL_THREAD, needsFallback);
    }
    String compiled = "the body has been compiled to a state machine";
    return new GeneratorEngine(
        GeneratorEngine.Kind.COMPILED,
        choice.isTooLongForTheJit()
            ? compiled + ", whose code has " + choice.codeLength()
                + " bytes; the virtual machine's compiler leaves methods of 8,000"
                + " bytes and more to the interpreter, so split the body into generators and join them with yieldFrom"
            : compiled);
  }
}
