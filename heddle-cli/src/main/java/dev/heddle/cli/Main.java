package dev.heddle.cli;

import dev.heddle.cli.bench.BenchCommand;
import dev.heddle.cli.cluster.ClusterDemoCommand;
import dev.heddle.cli.cookbook.CookbookCommand;
import dev.heddle.cli.dist.DistCommand;
import dev.heddle.cli.doctor.DoctorCommand;
import dev.heddle.cli.each.EachCommand;
import dev.heddle.cli.errors.FileErrors;
import dev.heddle.cli.errors.UsageErrors;
import dev.heddle.cli.flags.FlagsCommand;
import dev.heddle.cli.gallery.GalleryCommand;
import dev.heddle.cli.images.ImagesCommand;
import dev.heddle.cli.life.LifeCommand;
import dev.heddle.cli.node.NodeCommand;
import dev.heddle.cli.ps.PsCommand;
import dev.heddle.cli.terminal.RawArguments;
import dev.heddle.cli.terminal.StandardOutput;
import dev.heddle.cli.terminal.Terminal;
import dev.heddle.cli.top.TopCommand;
import dev.heddle.cli.tree.TreeCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code heddle} command: selects the subcommand and converts its result to an exit code. */
@Command(name = "heddle", description = "Python's concurrency toolkit for Java: programs that are built on it.", synopsisSubcommandLabel = "COMMAND", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, subcommands = {
    FlagsCommand.class,
    ImagesCommand.class,
    LifeCommand.class,
    EachCommand.class,
    NodeCommand.class,
    ClusterDemoCommand.class,
    PsCommand.class,
    TopCommand.class,
    TreeCommand.class,
    CookbookCommand.class,
    BenchCommand.class,
    DoctorCommand.class,
    DistCommand.class,
    GalleryCommand.class,
    CommandLine.HelpCommand.class
}, commandListHeading = "%nCommands:%n", optionListHeading = "%n", footer = {"",
    "'heddle COMMAND --help' shows the usage of a command."})
public final class Main implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  private Main() {}

  /**
   * Runs the command and exits with its code: 0 success, 1 failure, 2 wrong usage, 141 the reader of the output has ended; a
   * subcommand may have more.
   */
  public static void main(String[] args) {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT); // 1.23 everywhere, as scripts that read it expect
    StandardOutput.install();
    PrintWriter err = writer(System.err);
    int code = commandLine(writer(System.out), err).execute(RawArguments.of(args));
    boolean broken = System.out.checkError(); // flushes
    System.exit(code == 0 && broken ? withoutOutput(err) : code);
  }

  /** Returns the exit code of a command that succeeded, but whose output could not be written. */
  private static int withoutOutput(PrintWriter err) {
    try {
      StandardOutput.check();
      return StandardOutput.READER_ENDED;
    } catch (IOException e) {
      err.println("heddle: " + FileErrors.describe(e));
      return 1;
    }
  }

  /** Returns a writer on a stream that reports a broken pipe by {@link PrintWriter#checkError}. */
  public static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  /** Returns the command with its subcommands, writing to the given streams. */
  public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    CommandLine command = new CommandLine(new Main());
    Objects.requireNonNull(command.getSubcommands().get("each"), "each is a subcommand").setStopAtPositional(true); // what follows the command is data
    command.getSubcommands().values().forEach(each -> each.setExpandAtFiles(false)); // each has a parser of its own
    return command
        .setExpandAtFiles(false) // an argument that begins with @ is data, too
        .setOut(out)
        .setErr(err)
        .setColorScheme(Help.defaultColorScheme(Terminal.isOut() ? Help.Ansi.ON : Help.Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(Main::executeUnlessUnmatched)
        .setParameterExceptionHandler(UsageErrors::explain)
        .setUsageHelpAutoWidth(true);
  }

  /** Runs the command, or prints help; unknown arguments are errors also beside {@code --help}. */
  private static int executeUnlessUnmatched(ParseResult result) {
    if (!result.unmatched().isEmpty()) {
      throw new UnmatchedArgumentException(result.commandSpec().commandLine(), result.unmatched());
    }
    return new CommandLine.RunLast().execute(result);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "no command given; the commands are " + String.join(", ", spec.subcommands().entrySet().stream()
            .filter(each -> !each.getValue().getCommandSpec().usageMessage().hidden()).map(Map.Entry::getKey).toList()));
  }

  /** The version of Heddle and of Java. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Objects.requireNonNullElse(Main.class.getPackage().getImplementationVersion(), "(not packaged)");
      return new String[]{"heddle " + version + " on Java " + Runtime.version() + " in " + System.getProperty("java.home")};
    }
  }
}
