package dev.heddle.subprocess;

import dev.heddle.base.Check;
import dev.heddle.futures.spi.NonBlocking;
import dev.heddle.subprocess.run.CommandExecution;
import dev.heddle.subprocess.run.StartedPipeline;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chain of commands: the output of each is the input of the next. Immutable.
 *
 * <p>The processes are connected by pipes of the operating system: no byte passes through this JVM between them, and this
 * JVM keeps none of the pipes open, so that a process gets SIGPIPE when its reader has ended. The input is that of the first
 * command, the output that of the last; each has a standard error of its own.
 *
 * <p>Origin: chained {@code Popen} objects of Python, and a shell's {@code a | b | c}.
 *
 * @param stages the commands, at least two
 * @param failure the rule for the exit code of the whole
 * @param timeout the time after which all process trees are ended; null means none
 * @param check whether a failure throws {@link ProcessFailedException}
 */
public record CommandPipeline(List<Command> stages, PipeFailure failure, @Nullable Duration timeout, boolean check) {

  /** Checks the values. */
  public CommandPipeline {
    stages = List.copyOf(stages);
    if (stages.size() < 2) {
      throw new IllegalArgumentException(
          "a pipeline needs at least 2 commands, but has " + stages.size() + "; a single command has a run() of its own");
    }
    Check.notNull(failure, "failure");
    if (timeout != null) {
      Check.positive(timeout, "timeout", "leave it out to wait without a limit");
    }
    for (int i = 0; i < stages.size(); i++) {
      checkStage(stages.get(i), i == 0, i == stages.size() - 1);
    }
  }

  private static void checkStage(Command stage, boolean first, boolean last) {
    String name = "'" + stage.described() + "' in a pipeline";
    if (stage.timeout() != null || stage.check()) {
      throw new IllegalArgumentException(name + " cannot have a timeout or a check of its own; give them to the pipeline");
    }
    if (!first && !(stage.stdin() instanceof Input.Empty)) {
      throw new IllegalArgumentException(name + " reads from the command before it; do not set its stdin");
    }
    if (!last && !stage.stdout().equals(Output.capture())) {
      throw new IllegalArgumentException(name + " writes to the command after it; do not set its stdout");
    }
    if (stage.stderr() instanceof Output.Stream) {
      throw new IllegalArgumentException(name + " has no readable standard error; use Output.lines(action)");
    }
  }

  /** Returns a pipeline with the defaults. */
  public static CommandPipeline of(List<Command> stages) {
    return new CommandPipeline(stages, PipeFailure.ANY, null, false);
  }

  /** Returns this pipeline with another rule for its exit code. */
  public CommandPipeline withFailure(PipeFailure failure) {
    return new CommandPipeline(stages, failure, timeout, check);
  }

  /** Returns this pipeline with a time-out, longer than zero. */
  public CommandPipeline withTimeout(Duration timeout) {
    return new CommandPipeline(stages, failure, Check.notNull(timeout, "timeout"), check);
  }

  /** Returns this pipeline, which throws {@link ProcessFailedException} for a failure. */
  public CommandPipeline withCheck() {
    return new CommandPipeline(stages, failure, timeout, true);
  }

  /**
   * Runs the pipeline until all processes have ended.
   *
   * @throws SubprocessException as {@link Subprocess#run(Command)} says
   */
  public CompletedPipeline run() {
    if (stages.getFirst().stdin() instanceof Input.Pipe) {
      throw new IllegalArgumentException(
          "run() cannot use Input.pipe(), for it returns after the end of the processes; use start(), or Input.stream(stream)");
    }
    if (stages.getLast().stdout() instanceof Output.Stream) {
      throw new IllegalArgumentException(
          "run() cannot use Output.stream(), for it returns after the end of the processes; use start(), or Output.lines(action)");
    }
    NonBlocking.check("running a pipeline of processes to its end"); // before anything has begun
    CompletedPipeline result = new CompletedPipeline(CommandExecution.run(stages, timeout), failure);
    return check ? result.orThrow() : result;
  }

  /**
   * Starts the pipeline and returns at once. What is written to the first process can be read from the last while they run:
   * see {@link Input#pipe} and {@link Output#stream}.
   *
   * @throws StartException if a command cannot be started; none is left running then
   */
  public RunningPipeline start() {
    return new StartedPipeline(this);
  }
}
