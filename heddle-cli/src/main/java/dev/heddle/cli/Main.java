package dev.heddle.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code heddle} command: finds the subcommand and turns what it returns into an exit code. */
@Command(name = "heddle", description = "Python's concurrency toolkit for Java: programs built on it, to run, read and measure.", synopsisSubcommandLabel = "COMMAND", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, subcommands = {
    FlagsCommand.class,
    ImagesCommand.class,
    LifeCommand.class,
    EachCommand.class,
    CookbookCommand.class,
    BenchCommand.class
}, commandListHeading = "%nCommands:%n", optionListHeading = "%n", footer = {"",
    "'heddle COMMAND --help' explains a command."})
public final class Main implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  private Main() {}

  /** Runs the command and exits with its code: 0 success, 1 failure, 2 wrong usage; a subcommand may have more. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT); // 1.23 everywhere, as scripts that read it expect
    System.exit(commandLine(writer(System.out), writer(System.err)).execute(args));
  }

  static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset()); // made of the stream itself, it can tell of a broken pipe
  }

  /** The command with all its subcommands, writing to the given streams. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return new CommandLine(new Main())
        .setOut(out)
        .setErr(err)
        .setColorScheme(Help.defaultColorScheme(Terminal.isOut() ? Help.Ansi.ON : Help.Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(UsageErrors::explain)
        .setUsageHelpAutoWidth(true);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "no command given; there are " + String.join(", ", spec.subcommands().keySet()));
  }

  /** Says which Heddle this is, and on which Java it runs. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Objects.requireNonNullElse(Main.class.getPackage().getImplementationVersion(), "(not packaged)");
      return new String[]{"heddle " + version + " on Java " + Runtime.version() + " in " + System.getProperty("java.home")};
    }
  }
}
