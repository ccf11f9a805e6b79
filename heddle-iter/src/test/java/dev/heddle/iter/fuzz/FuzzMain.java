package dev.heddle.iter.fuzz;

import dev.heddle.iter.Coroutine;
import dev.heddle.iter.GeneratorEngine;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/** The program of {@code AgentSuiteTest}: compares fuzzed bodies on whichever engine is chosen for them. */
public final class FuzzMain {
  private FuzzMain() {}

  /** Prints the engines that were chosen for as many bodies as the argument says, and why, if they agree. */
  public static void main(String[] args) throws Exception {
    Set<GeneratorEngine.Kind> engines = EnumSet.noneOf(GeneratorEngine.Kind.class);
    Set<String> reasons = new TreeSet<>();
    long events = FuzzComparison.batch(1, Integer.parseInt(args[0]), body -> {
      GeneratorEngine engine = Coroutine.engineOf(body);
      engines.add(engine.kind());
      reasons.add(engine.reason());
      return Coroutine.of(body);
    });
    System.out.println("agreed on " + events + " events: " + engines + " " + reasons);
  }
}
