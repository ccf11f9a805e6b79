package dev.heddle.cli.errors;

import dev.heddle.cli.terminal.ControlCharacters;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints what is wrong with a command line, similar commands or options, and how to get help. */
public final class UsageErrors {
  private UsageErrors() {}

  /** Prints an error and returns the exit code; a picocli parameter exception handler. */
  public static int explain(ParameterException wrong, String[] args) {
    ParameterException error = wrong.getValue() != null
        && String.valueOf(wrong.getMessage()).startsWith("Unknown subcommand")
            ? new UnmatchedArgumentException(wrong.getCommandLine(), List.of(wrong.getValue())) // of 'help': with suggestions
            : wrong;
    CommandLine command = error.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    PrintWriter err = command.getErr();
    err.println(name + ": " + ControlCharacters.escape(message(error)));
    UnmatchedArgumentException.printSuggestions(error, err);
    err.println("'" + name + " --help' shows the usage.");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String message(ParameterException error) {
    if (error instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      String first = unmatched.getUnmatched().getFirst();
      var commands = error.getCommandLine().getSubcommands().keySet();
      return commands.isEmpty()
          ? "unexpected argument '" + first + "'; remove it"
          : "unknown command '" + first + "'; the commands are " + String.join(", ", commands);
    }
    String message = String.valueOf(error.getMessage());
    return message.endsWith("is not an int") || message.endsWith("is not a long") || message.endsWith("is not a double")
        ? message.substring(0, message.lastIndexOf(" is not "))
            + " is not a number in the allowed range; give one such as 10"
        : message;
  }
}
