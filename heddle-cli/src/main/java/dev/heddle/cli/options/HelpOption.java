package dev.heddle.cli.options;

import picocli.CommandLine.Option;

/** The option {@code --help} of each command. */
public final class HelpOption {
  @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help text.")
  void help(boolean requested) {} // picocli prints the help
}
