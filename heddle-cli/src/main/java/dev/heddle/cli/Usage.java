package dev.heddle.cli;

import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks of what was typed, the same for every command. */
final class Usage {
  private Usage() {}

  /** An error that says what is wrong with a command line. */
  static ParameterException wrong(CommandSpec command, String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /** What a value means; a value that means nothing is wrong usage. */
  static <T, R> R checked(CommandSpec command, String option, T value, Function<T, R> meaning) {
    try {
      return meaning.apply(value);
    } catch (IllegalArgumentException e) {
      throw wrong(command, option + ": " + e.getMessage());
    }
  }
}
