package dev.heddle.process.launch;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sources of a worker's JVM options, which the JVM may refuse: for the remedies in errors. Immutable.
 *
 * @param options those of {@code withOptions}
 * @param variables the variables that a JVM reads options from, as the worker has them
 * @param modular whether the worker has the modules of a program on the module path
 */
public record OptionSources(List<String> options, Map<String, String> variables, boolean modular) {
  /** Of a process that has none. */
  static final OptionSources NONE = new OptionSources(List.of(), Map.of(), false);

  /**
   * Returns where a text in an option comes from, in words; null if it was neither given by the user nor found in a
   * variable.
   */
  @Nullable
  String of(String text) {
    if (options.stream().anyMatch(each -> each.contains(text))) {
      return "withJvm(jvm -> jvm.withOptions(…))";
    }
    for (String name : InheritedVariables.NAMES) {
      if (variables.getOrDefault(name, "").contains(text)) {
        return "the variable " + name;
      }
    }
    return null;
  }
}
