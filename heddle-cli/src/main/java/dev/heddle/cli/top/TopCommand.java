package dev.heddle.cli.top;

import dev.heddle.cli.errors.OptionCheck;
import dev.heddle.cli.json.JsonText;
import dev.heddle.cli.live.FrameJson;
import dev.heddle.cli.live.FrameText.Sort;
import dev.heddle.cli.live.LiveCommand;
import dev.heddle.cli.live.LiveFrame;
import dev.heddle.cli.live.LiveOptions;
import dev.heddle.cli.live.TargetException;
import dev.heddle.cli.live.Watch;
import dev.heddle.cli.options.HelpOption;
import dev.heddle.cli.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code heddle top}: shows what a running program does, again and again. */
@Command(name = "top", header = "Watches a running program: rates, queues, running tasks, workers, pipelines.", description = {
    "",
    "In a terminal the view is redrawn until q or Ctrl-C; s changes the order, / filters by name, j and k scroll, p pauses. In a"
        + " file or a pipe the frames are printed one after the other.",
    "",
    "The program needs no preparation; see 'heddle ps --help'. A frame costs it 10 to 30 ms of processor time."
}, optionListHeading = "%n", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
    "0:it was shown, or the reader of the output has ended",
    "1:the program cannot be looked at, or has ended",
    "2:the command line is wrong",
    "130, 143:interrupted (Ctrl-C) or terminated"
}, footerHeading = "%nExamples:%n", footer = {
    "  heddle top 4711                      until q",
    "  heddle top 4711 --once --json        one frame for a script",
    "  heddle top 4711 --json -d 10         a line of JSON every ten seconds",
    "  heddle top 4711 --web                as a page for a browser on this machine"
})
public final class TopCommand implements Callable<Integer> {
  private static final double LEAST_DELAY = 0.5;
  private static final double MOST_DELAY = 3600;
  private static final Duration BETWEEN_TWO = Duration.ofMillis(500);

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "PID", description = "The process to watch; 'heddle ps' lists them.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String pid;

  @Option(names = {"-d",
      "--delay"}, paramLabel = "SECONDS", defaultValue = "2", description = "The time between two frames, 0.5 to 3600 (default: ${DEFAULT-VALUE}).")
  private double delay = 2;

  @Option(names = "--once", description = "Print one frame, with the rates of half a second, and end.")
  private boolean once;

  @Option(names = "--json", description = "Print JSON: with --once a document, else a line for each frame.")
  private boolean json;

  @Option(names = {"-s",
      "--sort"}, paramLabel = "ORDER", defaultValue = "age", description = "The order of the executors: ${COMPLETION-CANDIDATES} (default: as they were made, the tasks that have run longest first).")
  private Sort sort = Sort.AGE;

  @Option(names = {"-f",
      "--filter"}, paramLabel = "TEXT", defaultValue = "", description = "Show only what has this in its name.")
  private String filter = "";

  @Option(names = "--web", description = "Serve the view as a page on the loopback address, until Ctrl-C.")
  private boolean web;

  @Option(names = "--port", paramLabel = "N", description = "The port of --web (default: any that is free).")
  private @Nullable Integer port;

  @Mixin
  private final LiveOptions live = new LiveOptions();

  @Mixin
  @SuppressWarnings({"NullAway.Init", "unused"}) // picocli sets and uses it
  private HelpOption help;

  @Override
  public Integer call() throws InterruptedException {
    if (!(delay >= LEAST_DELAY && delay <= MOST_DELAY)) {
      throw OptionCheck.wrong(spec, "--delay must be from 0.5 to 3600 seconds, but was " + delay);
    }
    if (port != null && (!web || port < 0 || port > 65535)) {
      throw OptionCheck.wrong(spec, "--port must be from 0 to 65535 and needs --web, but was " + port);
    }
    if (web && (once || json)) {
      throw OptionCheck.wrong(spec, "--web goes with neither --once nor --json; leave those out");
    }
    Duration period = Duration.ofMillis((long) (1000 * delay));
    PrintWriter out = spec.commandLine().getOut();
    return LiveCommand.run(spec, pid, live, watch -> {
      if (web) {
        return new WebView(watch, period).serve(port == null ? 0 : port, out);
      } else if (once) {
        return once(watch, out);
      } else if (json) {
        return lines(watch, period, out);
      }
      TopView view = new TopView(watch.process(), sort, filter);
      return Terminal.canAnimate() ? new TopScreen(view, watch, period).run(out) : plain(watch, view, period, out);
    });
  }

  private int once(Watch watch, PrintWriter out) throws TargetException, IOException, InterruptedException {
    if (json) {
      out.println(JsonText.of(FrameJson.of(watch.process(), watch.look())));
      return 0;
    }
    TopView view = new TopView(watch.process(), sort, filter);
    view.next(watch.look());
    Thread.sleep(BETWEEN_TWO);
    view.next(watch.look());
    view.lines(Terminal.size().columns()).forEach(out::println);
    return 0;
  }

  private static int lines(Watch watch, Duration period, PrintWriter out)
      throws TargetException, IOException, InterruptedException {
    while (true) {
      out.println(JsonText.line(FrameJson.of(watch.process(), watch.look())));
      if (out.checkError()) {
        return 0;
      }
      Thread.sleep(period);
    }
  }

  private static int plain(Watch watch, TopView view, Duration period, PrintWriter out)
      throws TargetException, IOException, InterruptedException {
    while (true) {
      LiveFrame frame = watch.look();
      view.next(frame);
      view.lines(Terminal.size().columns()).forEach(out::println);
      out.println();
      if (out.checkError()) {
        return 0;
      }
      Thread.sleep(period);
    }
  }
}
