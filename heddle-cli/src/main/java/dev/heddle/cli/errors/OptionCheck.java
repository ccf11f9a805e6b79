package dev.heddle.cli.errors;

import dev.heddle.base.files.OutputFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks of the values of options. */
public final class OptionCheck {
  private OptionCheck() {}

  /** Returns an exception for a command line that is wrong. */
  public static ParameterException wrong(CommandSpec command, String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /** Converts a value; an IllegalArgumentException of the conversion is reported as wrong usage. */
  public static <T, R> R checked(CommandSpec command, String option, T value, Function<T, R> conversion) {
    try {
      return conversion.apply(value);
    } catch (IllegalArgumentException e) {
      throw wrong(command, option + ": " + e.getMessage());
    }
  }

  /** Checks, before a long run, that a file can be written in its end. */
  public static void writable(CommandSpec command, String option, Path file) {
    Path folder = file.toAbsolutePath().getParent();
    boolean isWritable = Files.exists(file)
        ? Files.isRegularFile(file) && Files.isWritable(file)
        : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    if (!isWritable) {
      throw wrong(
          command, option + " must be a file that can be written, but was '" + file + "'; choose another, or make " + folder
              + " writable");
    }
    try {
      Path _ = OutputFiles.checked(file);
    } catch (IOException e) {
      throw wrong(command, option + ": " + FileErrors.describe(e));
    }
  }
}
