package dev.heddle.cli.ps;

import dev.heddle.cli.json.JsonText;
import dev.heddle.cli.live.FrameJson;
import dev.heddle.cli.live.FrameText;
import dev.heddle.cli.live.LiveCommand;
import dev.heddle.cli.live.LiveFrame;
import dev.heddle.cli.live.LiveOptions;
import dev.heddle.cli.live.Rates;
import dev.heddle.cli.options.HelpOption;
import dev.heddle.cli.terminal.ControlCharacters;
import dev.heddle.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code heddle ps}: lists the JVMs that use Heddle, or what is open in one of them. */
@Command(name = "ps", header = "Shows what a running program does: executors, workers, tasks, pipelines, event loops.", description = {
    "",
    "The program needs no preparation: any JVM of the same user that uses Heddle can be looked at. Without PID, those are listed.",
    "",
    "The look is taken by the JDK's attach mechanism and its Flight Recorder, which costs the program half a second of processor"
        + " time the first time, and then some milliseconds."
}, optionListHeading = "%n", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
    "0:it was shown",
    "1:the program cannot be looked at",
    "2:the command line is wrong"
}, footerHeading = "%nExamples:%n", footer = {
    "  heddle ps              the JVMs that use Heddle",
    "  heddle ps 4711         what is open in process 4711",
    "  heddle ps 4711 --json  the same for a script"
})
public final class PsCommand implements Callable<Integer> {
  private static final int MOST_TASKS = 20;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(index = "0", arity = "0..1", paramLabel = "PID", description = "The process to look at.")
  private @Nullable String pid;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(names = {"-a", "--all"}, description = "Show all running tasks, not only the " + MOST_TASKS
      + " of each executor that have run longest.")
  private boolean all;

  @Mixin
  private final LiveOptions live = new LiveOptions();

  @Mixin
  @SuppressWarnings({"NullAway.Init", "unused"}) // picocli sets and uses it
  private HelpOption help;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    if (pid == null) {
      return new JvmList(spec.commandLine(), live.patience(spec)).print(json);
    }
    return LiveCommand.run(spec, pid, live, watch -> {
      LiveFrame frame = watch.look();
      if (json) {
        out.println(JsonText.of(FrameJson.of(watch.process(), frame)));
        return 0;
      }
      out.println(ControlCharacters.escape(watch.process().toString()));
      out.println();
      new FrameText(
          frame, Rates.average(frame), Terminal.size().columns(), all ? Integer.MAX_VALUE : MOST_TASKS, FrameText.Sort.AGE,
          _ -> true).lines().forEach(out::println);
      return 0;
    });
  }
}
