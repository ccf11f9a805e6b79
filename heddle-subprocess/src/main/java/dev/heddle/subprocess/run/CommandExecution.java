package dev.heddle.subprocess.run;

import dev.heddle.base.Check;
import dev.heddle.base.process.ProcessTree;
import dev.heddle.subprocess.Command;
import dev.heddle.subprocess.CompletedProcess;
import dev.heddle.subprocess.OutputLimitException;
import dev.heddle.subprocess.ProcessInterruptedException;
import dev.heddle.subprocess.ProcessTimeoutException;
import dev.heddle.subprocess.Subprocess;
import dev.heddle.subprocess.SubprocessException;
import dev.heddle.subprocess.io.CapturedOutput;
import dev.heddle.subprocess.io.InputPump;
import dev.heddle.subprocess.io.OutputPump;
import dev.heddle.subprocess.io.PumpThreads;
import dev.heddle.subprocess.launch.CommandLauncher;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The execution of a command, or of several in a pipeline: the processes, their pumps, and the wait for their ends.
 *
 * <p>One thread calls {@link #await}; any thread may end the processes.
 */
public final class CommandExecution {
  private static final long NEVER = Long.MAX_VALUE / 2;
  private static final long SOON_NANOS = Duration.ofMillis(5).toNanos();
  private static final long PATIENCE_MILLIS = 25;
  private static final Duration REAPING = Duration.ofSeconds(5);
  private static final Duration TAKING = Duration.ofSeconds(2); // for the rest of the output in the pipes

  private final List<Command> commands;
  private final @Nullable Duration timeout;
  private final Duration grace;
  private final Duration linger;
  private final ProcessTree tree = new ProcessTree();
  private final AtomicReference<@Nullable Failure> failure = new AtomicReference<>();
  private final List<Stage> stages = new ArrayList<>();
  private final InputPump input;
  private final long started;

  /** The failure of an output or of the input. */
  private record Failure(boolean ofInput, Throwable error) {}

  /** One of the processes. An output that is not read here has no pump. */
  private record Stage(Command command, Process process, @Nullable OutputPump stdout, @Nullable OutputPump stderr) {
    List<OutputPump> pumps() {
      return Stream.of(Optional.ofNullable(stdout), Optional.ofNullable(stderr)).flatMap(Optional::stream).toList();
    }
  }

  /**
   * Starts the processes; the output of each is the input of the next.
   *
   * @param live whether the captured output may be read while they run
   */
  CommandExecution(List<Command> commands, @Nullable Duration timeout, boolean live) {
    this.commands = List.copyOf(commands);
    this.timeout = timeout;
    this.grace = commands.stream().map(Command::grace).max(Duration::compareTo).orElseThrow();
    this.linger = commands.stream().map(Command::linger).max(Duration::compareTo).orElseThrow();
    CommandLauncher launch = new CommandLauncher(commands, tree, error -> fail(false, error), error -> fail(true, error));
    List<Process> processes = launch.start();
    this.started = System.nanoTime();
    this.input = launch.input();
    for (int i = 0; i < processes.size(); i++) {
      stages.add(new Stage(commands.get(i), processes.get(i), launch.stdout(i), launch.stderr(i)));
    }
    boolean begun = false;
    try {
      begin(live);
      begun = true;
    } finally {
      if (!begun) { // for example, no thread could be started
        launch.end();
      }
    }
  }

  private void begin(boolean live) {
    for (OutputPump pump : pumps()) {
      if (live || pump.sink().isLive()) {
        pump.pump();
      }
    }
    if (!live) { // scheduled now, while the child works, because it may wake a thread
      PumpThreads.after(PATIENCE_MILLIS, () -> pumps().forEach(OutputPump::hurry));
    }
  }

  /** Ends the processes because a sink or the input failed. Called by a pump, on any thread. */
  private void fail(boolean ofInput, Throwable error) {
    if (failure.compareAndSet(null, new Failure(ofInput, error)) && tree.end(grace)) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs commands to their ends. */
  public static List<CompletedProcess> run(List<Command> commands, @Nullable Duration timeout) {
    return new CommandExecution(commands, timeout, false).await();
  }

  List<Process> processes() {
    return stages.stream().map(Stage::process).toList();
  }

  InputPump input() {
    return input;
  }

  @Nullable
  OutputPump stdout() {
    return stages.getLast().stdout();
  }

  @Nullable
  OutputPump stderr() {
    return stages.getLast().stderr();
  }

  String described() {
    return commands.stream().map(Command::described).collect(Collectors.joining(" | "));
  }

  void terminate() {
    tree.terminate();
  }

  /** Ends the process tree and returns when it has ended. The interrupt status of the thread is kept. */
  void end(Duration grace) {
    if (tree.end(grace)) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Kills the process tree.
   *
   * @throws SubprocessException if it is not known to have ended
   */
  void kill() {
    end(Duration.ZERO);
    if (tree.isUnsure()) {
      throw new SubprocessException(
          "the process tree of '" + described() + "' is not known to have ended: a process is blocked"
              + " in the system or belongs to another user, or there are no free file descriptors to look with; it is killed"
              + " again in the background",
          null);
    }
  }

  Duration grace() {
    return grace;
  }

  /**
   * Waits until all processes and their outputs have ended, and ends them if the time runs out or the thread is interrupted.
   *
   * @throws SubprocessException as {@link Subprocess#run(Command)} says
   */
  List<CompletedProcess> await() {
    long deadline = timeout == null ? started + NEVER : started + Check.nanos(timeout);
    boolean inTime;
    try {
      inTime = awaitProcesses(deadline) && awaitOutputs(deadline, Check.nanos(linger));
    } catch (InterruptedException e) {
      boolean _ = tree.end(grace);
      List<CompletedProcess> results = resultsOfTheDead();
      Thread.currentThread().interrupt();
      throw new ProcessInterruptedException(results, described(), e);
    }
    if (inTime && failure.get() == null) {
      input.stop();
      return results();
    }
    boolean interrupted = tree.end(grace);
    List<CompletedProcess> results = resultsOfTheDead();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    throw asException(results);
  }

  private SubprocessException asException(List<CompletedProcess> results) {
    Failure broken = failure.get();
    if (broken == null) {
      return new ProcessTimeoutException(results, Check.notNull(timeout, "timeout"), described());
    }
    if (broken.ofInput()) {
      return new SubprocessException("the source of the input of '" + described() + "' threw " + broken.error()
          + "; the process tree was ended, because its input is incomplete", broken.error());
    }
    return switch (broken.error()) {
      case OutputLimitException tooMuch -> tooMuch;
      case IOException unreadable ->
        new SubprocessException(
            "the output of '" + described() + "' cannot be read; its process tree was ended", unreadable);
      case Throwable error ->
        new SubprocessException("the consumer of the output of '" + described() + "' threw " + error
            + "; the process tree was ended", error);
    };
  }

  /** Waits for the processes; returns whether all have ended before the deadline. */
  private boolean awaitProcesses(long deadline) throws InterruptedException {
    if (endSoon(deadline)) {
      for (OutputPump pump : pumps()) {
        pump.takeHere();
      }
    } else {
      pumps().forEach(OutputPump::pump);
    }
    for (Stage stage : stages) {
      if (deadline - System.nanoTime() > NEVER / 2) {
        stage.process().waitFor();
      } else if (!stage.process().waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return false;
      }
    }
    return true;
  }

  /** Waits for the outputs; returns whether all have ended or been cut before the deadline. */
  private boolean awaitOutputs(long deadline, long lingerNanos) throws InterruptedException {
    long exited = System.nanoTime();
    for (OutputPump pump : pumps()) {
      if (!pump.awaitEnd(deadline, lingerNanos, exited)) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether all processes end so soon that threads for their outputs would cost more than they save. */
  private boolean endSoon(long deadline) throws InterruptedException {
    long soon = Math.min(deadline - System.nanoTime(), SOON_NANOS);
    long until = System.nanoTime() + soon;
    for (Stage stage : stages) {
      if (!stage.process().waitFor(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return false;
      }
    }
    return true;
  }

  private List<OutputPump> pumps() {
    return stages.stream().flatMap(stage -> stage.pumps().stream()).toList();
  }

  /** Ends the reading of the outputs: further output is dropped, and its writers get an error. */
  void stopTaking() {
    pumps().forEach(pump -> pump.sink().stop());
  }

  private List<CompletedProcess> resultsOfTheDead() {
    input.stop();
    stopTaking();
    try {
      if (!awaitProcesses(System.nanoTime() + REAPING.toNanos())
          || !awaitOutputs(System.nanoTime() + TAKING.toNanos(), 0)) {
        for (OutputPump pump : pumps()) {
          pump.cut();
        }
      }
    } catch (InterruptedException e) {
      pumps().forEach(pump -> pump.sink().leave());
      Thread.currentThread().interrupt();
    }
    return results();
  }

  private List<CompletedProcess> results() {
    Duration duration = Duration.ofNanos(System.nanoTime() - started);
    return stages.stream().map(stage -> result(stage, duration)).toList();
  }

  private static CompletedProcess result(Stage stage, Duration duration) {
    Process process = stage.process();
    if (process.isAlive()) {
      throw new SubprocessException("process " + process.pid() + " is alive after SIGKILL: it is blocked in the system, or"
          + " belongs to another user; end it by other means", null);
    }
    CapturedOutput stdout = captured(stage.stdout());
    CapturedOutput stderr = captured(stage.stderr());
    boolean held = stage.pumps().stream().anyMatch(OutputPump::wasCut);
    return new CompletedProcess(stage.command(), process.pid(), process.exitValue(), stdout.bytes(), stderr.bytes(),
        stdout.isTruncated(), stderr.isTruncated(), duration, held);
  }

  private static CapturedOutput captured(@Nullable OutputPump pump) {
    return pump == null ? CapturedOutput.NOTHING : pump.captured();
  }
}
