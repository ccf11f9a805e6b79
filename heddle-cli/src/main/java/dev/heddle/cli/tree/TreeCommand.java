package dev.heddle.cli.tree;

import dev.heddle.cli.json.JsonText;
import dev.heddle.cli.live.FrameJson;
import dev.heddle.cli.live.LiveCommand;
import dev.heddle.cli.live.LiveFrame;
import dev.heddle.cli.live.LiveOptions;
import dev.heddle.cli.options.HelpOption;
import dev.heddle.cli.terminal.ControlCharacters;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code heddle tree}: shows what belongs to what in a running program, and where its coroutines wait. */
@Command(name = "tree", header = "Shows the tasks of a running program as a tree, with the line at which each waits.", description = {
    "",
    "Below an event loop stand its tasks, and below each task those that it waits for, with the line of the program. Below an"
        + " executor stand its workers and the tasks under way, below a pipeline its stages.",
    "",
    "The program needs no preparation; see 'heddle ps --help'."
}, optionListHeading = "%n", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
    "0:it was shown",
    "1:the program cannot be looked at",
    "2:the command line is wrong"
})
public final class TreeCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "PID", description = "The process to look at; 'heddle ps' lists them.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String pid;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin
  private final LiveOptions live = new LiveOptions();

  @Mixin
  @SuppressWarnings({"NullAway.Init", "unused"}) // picocli sets and uses it
  private HelpOption help;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    return LiveCommand.run(spec, pid, live, watch -> {
      LiveFrame frame = watch.look();
      if (json) {
        out.println(JsonText.of(FrameJson.of(watch.process(), frame)));
      } else {
        out.println(ControlCharacters.escape(watch.process().toString()));
        new TreeText(frame).lines().forEach(out::println);
      }
      return 0;
    });
  }
}
