package dev.heddle.subprocess.launch;

import dev.heddle.base.Check;
import dev.heddle.base.ModuleLog;
import dev.heddle.base.process.ProcessTree;
import dev.heddle.subprocess.Command;
import dev.heddle.subprocess.Output;
import dev.heddle.subprocess.StartException;
import dev.heddle.subprocess.io.CaptureSink;
import dev.heddle.subprocess.io.InputPump;
import dev.heddle.subprocess.io.LineSink;
import dev.heddle.subprocess.io.OutputPump;
import dev.heddle.subprocess.io.OutputSink;
import dev.heddle.subprocess.io.StreamCopy;
import dev.heddle.subprocess.io.StreamSink;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts commands. When one of them cannot be started, no process and no pipe is left. */
public final class CommandLauncher {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.subprocess");
  private static final int DESCRIPTORS_EACH = 8; // three pipes with two ends, the named pipes, and the start itself
  private static final File PROBE = new File("/dev/null");

  private final List<Command> commands;
  private final ProcessTree tree;
  private final Consumer<Throwable> onOutputFailure;
  private final Consumer<Throwable> onInputFailure;
  private final List<ProcessBuilder> builders = new ArrayList<>();
  private final List<@Nullable OutputPump> stdouts = new ArrayList<>();
  private final List<@Nullable OutputPump> stderrs = new ArrayList<>();
  private @Nullable InputPump input;

  /** Prepares the start of commands whose processes belong to one tree. */
  public CommandLauncher(
      List<Command> commands,
      ProcessTree tree,
      Consumer<Throwable> onOutputFailure,
      Consumer<Throwable> onInputFailure) {
    this.commands = commands;
    this.tree = tree;
    this.onOutputFailure = onOutputFailure;
    this.onInputFailure = onInputFailure;
  }

  /** Returns the pump of the first command's input. */
  public InputPump input() {
    return Check.notNull(input, "input");
  }

  /** Returns the pump of a command's standard output; null if it is not read here. */
  public @Nullable OutputPump stdout(int index) {
    return stdouts.get(index);
  }

  /** Returns the pump of a command's standard error; null if it is not read here. */
  public @Nullable OutputPump stderr(int index) {
    return stderrs.get(index);
  }

  /** Starts the processes. */
  public List<Process> start() {
    for (Command command : commands) {
      builders.add(builder(command)); // all programs are looked up before anything is opened
    }
    RedirectFiles.check(commands);
    requireDescriptors();
    boolean started = false;
    try {
      input = new InputPump(commands.getFirst(), onInputFailure);
      builders.getFirst().redirectInput(input.redirect());
      for (int i = 0; i < commands.size(); i++) {
        direct(i);
      }
      List<Process> processes = launch();
      tree.started(processes.stream().map(Process::toHandle).toList());
      connect(processes);
      started = true;
      return processes;
    } catch (IOException e) {
      throw new StartException(
          "the pipes of '" + commands.getFirst().described() + "' cannot be opened: " + e.getMessage(), e);
    } finally {
      if (!started) {
        end();
      }
    }
  }

  /**
   * Checks that there are file descriptors for a pipeline. If there are too few for its second process, the JDK fails to
   * kill the first one, and waits until it ends by itself.
   */
  private void requireDescriptors() {
    if (commands.size() == 1) {
      return;
    }
    int needed = DESCRIPTORS_EACH * (commands.size() + 1);
    List<InputStream> open = new ArrayList<>();
    try {
      for (int i = 0; i < needed; i++) {
        open.add(new FileInputStream(PROBE));
      }
    } catch (FileNotFoundException e) {
      if (PROBE.exists()) {
        throw new StartException("a pipeline of " + commands.size() + " processes needs " + needed
            + " free file descriptors, but this program has " + open.size()
            + " left; close files, or raise the limit (ulimit -n)", e);
      }
    } finally {
      open.forEach(CommandLauncher::close);
    }
  }

  private static void close(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      LOG.ignored("closing " + PROBE, e);
    }
  }

  private ProcessBuilder builder(Command command) {
    ProcessBuilder builder = new ProcessBuilder();
    Map<String, String> environment = builder.environment();
    if (command.cleanEnvironment()) {
      environment.clear();
    }
    command.environment().forEach(
        (name, value) -> value.ifPresentOrElse(text -> environment.put(name, text), () -> environment.remove(name)));
    List<String> args = SettingsPrefix.of(command);
    boolean alone = commands.size() == 1 && args.isEmpty();
    String program = ProgramLookup.resolve(command, environment, alone);
    if (!args.isEmpty()) {
      ProgramLookup.checkInterpreter(command, environment); // of which the programs of the prefix would give an exit code only
    }
    args.add(program);
    args.addAll(command.args().subList(1, command.args().size()));
    tree.mark(environment);
    if (command.directory() != null) {
      builder.directory(command.directory().toFile());
    }
    return builder.command(args);
  }

  private void direct(int index) throws IOException {
    Command command = commands.get(index);
    ProcessBuilder builder = builders.get(index);
    boolean last = index == commands.size() - 1;
    OutputPump stdout = last ? pump(command, command.stdout()) : null;
    stdouts.add(stdout);
    if (last) {
      builder.redirectOutput(redirect(command.stdout(), stdout));
    }
    OutputPump stderr = pump(command, command.stderr());
    stderrs.add(stderr);
    if (command.stderr() instanceof Output.Merge || RedirectFiles.isMerged(command)) {
      builder.redirectErrorStream(true);
    } else {
      builder.redirectError(redirect(command.stderr(), stderr));
    }
  }

  private @Nullable OutputPump pump(Command command, Output output) throws IOException {
    OutputSink sink = switch (output) {
      case Output.Capture capture -> new CaptureSink(command, capture, null);
      case Output.ToStream(var stream, var captured) -> {
        StreamCopy copy = new StreamCopy(stream);
        yield captured ? new CaptureSink(command, (Output.Capture) Output.capture(), copy) : copy;
      }
      case Output.Lines(var action) -> new LineSink(action, command.charset());
      case Output.Stream _ -> new StreamSink(command.described());
      case Output.Discard _,Output.Inherit _,Output.Merge _,Output.ToFile _ -> null;
    };
    return sink == null ? null : new OutputPump(sink, onOutputFailure);
  }

  private static Redirect redirect(Output output, @Nullable OutputPump pump) {
    if (pump != null) {
      return pump.redirect();
    }
    return switch (output) {
      case Output.Inherit _ -> Redirect.INHERIT;
      case Output.ToFile(Path file, boolean appending) ->
        appending ? Redirect.appendTo(file.toFile()) : Redirect.to(file.toFile());
      default -> Redirect.DISCARD;
    };
  }

  private List<Process> launch() {
    try {
      return builders.size() == 1 ? List.of(builders.getFirst().start()) : ProcessBuilder.startPipeline(builders);
    } catch (IOException e) {
      throw explained(e);
    }
  }

  /** Finds the command that failed by the message of the JDK, which names the program. */
  private StartException explained(IOException error) {
    String message = String.valueOf(error.getMessage());
    for (int i = 0; i < commands.size(); i++) {
      if (message.contains("\"" + builders.get(i).command().getFirst() + "\"")) {
        return ProgramLookup.failed(commands.get(i), builders.get(i).environment(), error);
      }
    }
    return new StartException("'" + commands.getFirst().described() + "' cannot be started: " + message, error);
  }

  private void connect(List<Process> processes) throws IOException {
    input().begin(processes.getFirst().getOutputStream());
    for (int i = 0; i < processes.size(); i++) {
      OutputPump stdout = stdouts.get(i);
      if (stdout != null) {
        stdout.begin(processes.get(i).getInputStream());
      }
      OutputPump stderr = stderrs.get(i);
      if (stderr != null) {
        stderr.begin(processes.get(i).getErrorStream());
      }
    }
  }

  /** Ends all processes and closes all pipes after a failure. The interrupt status of the thread is kept. */
  public void end() {
    if (tree.isStarted() && tree.end(Duration.ZERO)) {
      Thread.currentThread().interrupt();
    }
    try {
      if (input != null) {
        input.abandon();
      }
      for (OutputPump pump : stdouts) {
        if (pump != null) {
          pump.abandon();
        }
      }
      for (OutputPump pump : stderrs) {
        if (pump != null) {
          pump.abandon();
        }
      }
    } catch (IOException e) {
      LOG.ignored("closing the pipes of a process that could not be started", e);
    }
  }
}
