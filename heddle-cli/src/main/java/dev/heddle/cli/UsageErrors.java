package dev.heddle.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line, what was meant perhaps, and where help is. */
final class UsageErrors {
  private UsageErrors() {}

  static int explain(ParameterException error, String[] args) {
    CommandLine command = error.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    PrintWriter err = command.getErr();
    err.println(name + ": " + message(error));
    UnmatchedArgumentException.printSuggestions(error, err);
    err.println("'" + name + " --help' shows what it takes.");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String message(ParameterException error) {
    if (error instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      String first = unmatched.getUnmatched().getFirst();
      var commands = error.getCommandLine().getSubcommands().keySet();
      return commands.isEmpty()
          ? "nothing takes the argument '" + first + "'; leave it out"
          : "there is no command '" + first + "'; there are " + String.join(", ", commands);
    }
    String message = String.valueOf(error.getMessage());
    return message.endsWith("is not an int") || message.endsWith("is not a long") || message.endsWith("is not a double")
        ? message.substring(0, message.lastIndexOf(" is not ")) + " is not a number it can take; give one such as 10"
        : message;
  }
}
