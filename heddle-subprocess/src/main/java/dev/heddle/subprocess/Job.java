package dev.heddle.subprocess;

import dev.heddle.base.Check;
import dev.heddle.base.process.ProcessTree;
import dev.heddle.subprocess.CompletedProcess.Captured;
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
 * A command that runs, or several that feed each other: the processes, the pumps, and what is done until all have ended.
 *
 * <p>One thread calls {@link #await}; any thread may end the processes.
 */
final class Job {
  private static final long NEVER = Long.MAX_VALUE / 2;
  private static final long SOON_NANOS = Duration.ofMillis(5).toNanos();
  private static final long PATIENCE_MILLIS = 25;
  private static final Duration REAPING = Duration.ofSeconds(5);
  private static final Duration TAKING = Duration.ofSeconds(2); // what the dead have left in their pipes

  private final List<Command> commands;
  private final @Nullable Duration timeout;
  private final Duration grace;
  private final Duration linger;
  private final ProcessTree tree = new ProcessTree();
  private final AtomicReference<@Nullable Failure> failure = new AtomicReference<>();
  private final List<Stage> stages = new ArrayList<>();
  private final InputPump input;
  private final long started;

  /** What broke one of the outputs, or the input. */
  private record Failure(boolean ofInput, Throwable error) {}

  /** One of the processes. An output that is not pumped has no pump. */
  private record Stage(Command command, Process process, @Nullable OutputPump stdout, @Nullable OutputPump stderr) {
    List<OutputPump> pumps() {
      return Stream.of(Optional.ofNullable(stdout), Optional.ofNullable(stderr)).flatMap(Optional::stream).toList();
    }
  }

  /**
   * Starts the processes, each with its output connected to the next one's input.
   *
   * @param live whether somebody may look at what is captured while they run
   */
  Job(List<Command> commands, @Nullable Duration timeout, boolean live) {
    this.commands = List.copyOf(commands);
    this.timeout = timeout;
    this.grace = commands.stream().map(Command::grace).max(Duration::compareTo).orElseThrow();
    this.linger = commands.stream().map(Command::linger).max(Duration::compareTo).orElseThrow();
    Launch launch = new Launch(commands, tree, error -> fail(false, error), error -> fail(true, error));
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
      if (!begun) { // for want of a thread, say
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
    if (!live) { // set now, while the child works, for it may wake a thread; a run that has ended by then is not touched
      Workers.after(PATIENCE_MILLIS, () -> pumps().forEach(OutputPump::hurry));
    }
  }

  /** A sink or the input failed: the rest makes no sense any more. Called by a pump, on any thread. */
  private void fail(boolean ofInput, Throwable error) {
    if (failure.compareAndSet(null, new Failure(ofInput, error)) && tree.end(grace)) {
      Thread.currentThread().interrupt();
    }
  }

  Process first() {
    return stages.getFirst().process();
  }

  InputPump input() {
    return input;
  }

  @Nullable
  OutputPump stdout() {
    return stages.getFirst().stdout();
  }

  @Nullable
  OutputPump stderr() {
    return stages.getFirst().stderr();
  }

  String described() {
    return commands.stream().map(Command::described).collect(Collectors.joining(" | "));
  }

  void terminate() {
    tree.terminate();
  }

  /** Ends the tree and returns when it is gone. The interrupt status of the thread is kept. */
  void end(Duration grace) {
    if (tree.end(grace)) {
      Thread.currentThread().interrupt();
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
      return new SubprocessException("what gives the input of '" + described() + "' threw " + broken.error()
          + "; the process tree was ended, for it would take what it got for all", broken.error());
    }
    return switch (broken.error()) {
      case OutputLimitException tooMuch -> tooMuch;
      case IOException unreadable ->
        new SubprocessException(
            "the output of '" + described() + "' cannot be read; its process tree was ended", unreadable);
      case Throwable error ->
        new SubprocessException("what takes the output of '" + described() + "' threw " + error
            + "; the process tree was ended", error);
    };
  }

  /** Whether all processes have ended before the deadline. */
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

  /** Whether the outputs of processes that have ended have ended as well, or been cut, before the deadline. */
  private boolean awaitOutputs(long deadline, long lingerNanos) throws InterruptedException {
    long exited = System.nanoTime();
    for (OutputPump pump : pumps()) {
      if (!pump.awaitEnd(deadline, lingerNanos, exited)) {
        return false;
      }
    }
    return true;
  }

  /** Whether all processes end so soon that it is not worth while to have threads for their outputs. */
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

  /** Nobody reads any more: what still comes is dropped, and its writers are told. */
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
      throw new SubprocessException("process " + process.pid() + " lives on after SIGKILL: it waits in the system, or"
          + " belongs to another user; nothing more can be done from here", null);
    }
    boolean held = stage.pumps().stream().anyMatch(OutputPump::wasCut);
    return new CompletedProcess(stage.command(), process.pid(), process.exitValue(), captured(stage.stdout()),
        captured(stage.stderr()), duration, held);
  }

  private static Captured captured(@Nullable OutputPump pump) {
    return pump == null ? Captured.NOTHING : pump.captured();
  }
}
