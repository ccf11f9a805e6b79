package dev.heddle.subprocess;

import dev.heddle.futures.spi.NonBlocking;
import dev.heddle.subprocess.run.CommandExecution;
import dev.heddle.subprocess.run.StartedProcess;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs other programs.
 *
 * <pre>{@code
 * String version = Subprocess.run("java", "--version").stdout();
 *
 * CompletedProcess sorted = Subprocess.command("sort", "-n").withInput("3\n1\n2\n").withCheck().run();
 *
 * try (RunningProcess build = Subprocess.start("make", "all")) {
 *   build.lines().forEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>The output of a program is read while it runs, so that a program never hangs because its output is not read. Ending a
 * process (after a time-out, an interrupt, an error, or by {@code close}) ends all its descendants too: they are asked to
 * end (SIGTERM), waited for, and killed (SIGKILL). Programs are looked up in the {@code PATH} of the child's environment.
 *
 * <p>Thread-safe; commands may run on any thread, platform or virtual, many at once.
 *
 * <p>Origin: Python's {@code subprocess}.
 */
public final class Subprocess {
  private Subprocess() {}

  /**
   * Returns a command, to which options can be added.
   *
   * @param program a name that is looked up in the {@code PATH}, or a path with a slash
   * @param args passed as they are; no shell is involved
   */
  public static Command command(String program, String... args) {
    return Command.of(Stream.concat(Stream.of(program), Stream.of(args)).toList());
  }

  /**
   * Returns a command, to which options can be added.
   *
   * @param args the program, then its arguments; no shell is involved
   */
  public static Command command(List<String> args) {
    return Command.of(args);
  }

  /** Runs a program to its end and returns its result, as {@link #run(Command)} does. */
  public static CompletedProcess run(List<String> args) {
    return run(command(args));
  }

  /** Runs a program to its end and returns its result, as {@link #run(Command)} does. */
  public static CompletedProcess run(String program, String... args) {
    return run(command(program, args));
  }

  /**
   * Runs a command to its end and returns its result: the exit code and the output, which is captured unless the command
   * says otherwise, and so not shown. An exit code other than 0 is no exception unless {@link Command#withCheck} was called.
   *
   * @throws StartException if it cannot be started; subclasses tell the reason
   * @throws ProcessTimeoutException if it and its output did not end in time
   * @throws ProcessFailedException if its exit code is checked and not allowed
   * @throws OutputLimitException if it wrote more than the limit of the capture
   * @throws ProcessInterruptedException if the calling thread is interrupted; the process tree is ended then
   * @throws SubprocessException if a line's action threw, which is its cause; the process tree is ended then
   * @throws IllegalStateException on a thread that must not block, such as that of an event loop; {@link #start} it there,
   *     and await its {@link RunningProcess#future}
   */
  public static CompletedProcess run(Command command) {
    if (command.stdin() instanceof Input.Pipe) {
      throw new IllegalArgumentException(
          "run() cannot use Input.pipe(), for it returns after the end of the process; use start(), or Input.text(text)");
    }
    if (command.stdout() instanceof Output.Stream || command.stderr() instanceof Output.Stream) {
      throw new IllegalArgumentException(
          "run() cannot use Output.stream(), for it returns after the end of the process; use start(), or Output.lines(action)");
    }
    NonBlocking.check("running '" + command.described() + "' to its end"); // before anything has begun
    CompletedProcess result = CommandExecution.run(List.of(command), command.timeout()).getFirst();
    return command.check() ? result.orThrow() : result;
  }

  /** Starts a program and returns at once, as {@link #start(Command)} does. */
  public static RunningProcess start(String program, String... args) {
    return start(command(program, args));
  }

  /**
   * Starts a command and returns at once.
   *
   * @throws StartException if it cannot be started; subclasses tell the reason
   */
  public static RunningProcess start(Command command) {
    return new StartedProcess(command);
  }

  /**
   * Returns a chain of commands, to which options can be added: the output of each is the input of the next.
   *
   * @param stages at least two
   */
  public static CommandPipeline pipeline(Command... stages) {
    return CommandPipeline.of(List.of(stages));
  }
}
