package dev.heddle.subprocess;

import dev.heddle.base.Check;
import dev.heddle.futures.spi.NonBlocking;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chain of commands, each of whose output is the next one's input. Immutable.
 *
 * <p>The processes are connected by the system's pipes: no byte passes through this JVM between them, and none of the pipes
 * stays open here, so that a process whose reader has ended is told so. Input is the first command's and output the last
 * one's; standard error is each one's own.
 *
 * <p>Origin: chained {@code Popen} objects of Python, and a shell's {@code a | b | c}.
 *
 * @param stages the commands, at least two
 * @param failure which of the exit codes is that of the whole
 * @param timeout how long the whole may take until all process trees are ended; null means as long as it takes
 * @param check whether a failure is a {@link ProcessFailedException}
 */
public record CommandPipeline(List<Command> stages, PipeFailure failure, @Nullable Duration timeout, boolean check) {

  /** Checks the values. */
  public CommandPipeline {
    stages = List.copyOf(stages);
    if (stages.size() < 2) {
      throw new IllegalArgumentException(
          "a pipeline needs at least 2 commands, but has " + stages.size() + "; run one alone");
    }
    Check.notNull(failure, "failure");
    if (timeout != null) {
      Check.positive(timeout, "timeout", "leave it out to wait as long as it takes");
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
      throw new IllegalArgumentException(name + " reads from the command before it; leave its stdin alone");
    }
    if (!last && !stage.stdout().equals(Output.capture())) {
      throw new IllegalArgumentException(name + " writes to the command behind it; leave its stdout alone");
    }
    if (stage.stdin() instanceof Input.Pipe || stage.stdout() instanceof Output.Stream
        || stage.stderr() instanceof Output.Stream) {
      throw new IllegalArgumentException(name + " cannot be written to or read from while it runs; use Input.stream(stream)"
          + " and Output.lines(action)");
    }
  }

  /** A pipeline with all defaults. */
  public static CommandPipeline of(List<Command> stages) {
    return new CommandPipeline(stages, PipeFailure.ANY, null, false);
  }

  /** This pipeline with another rule for its exit code. */
  public CommandPipeline withFailure(PipeFailure failure) {
    return new CommandPipeline(stages, failure, timeout, check);
  }

  /** This pipeline with a time-out, longer than zero. */
  public CommandPipeline withTimeout(Duration timeout) {
    return new CommandPipeline(stages, failure, Check.notNull(timeout, "timeout"), check);
  }

  /** This pipeline with a {@link ProcessFailedException} for a failure. */
  public CommandPipeline withCheck() {
    return new CommandPipeline(stages, failure, timeout, true);
  }

  /**
   * Runs it until all processes have ended.
   *
   * @throws SubprocessException as {@link Subprocess#run(Command)} says
   */
  public CompletedPipeline run() {
    NonBlocking.check("running a pipeline of processes to its end"); // before anything has begun
    CompletedPipeline result = new CompletedPipeline(new Job(stages, timeout, false).await(), failure);
    return check ? result.orThrow() : result;
  }
}
