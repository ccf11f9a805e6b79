package dev.heddle.subprocess;

import dev.heddle.futures.spi.NonBlocking;
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
 * <p>All of a program's output is taken in while it runs, so that it never hangs for want of a reader. A process that is to
 * be ended (after a time-out, an interrupt, an error, or a {@code close}) is ended with all its descendants: they are asked
 * to (SIGTERM), waited for, and killed (SIGKILL). Programs are looked up in the {@code PATH} of the environment they will
 * have.
 *
 * <p>Thread-safe; commands may run on any thread, platform or virtual, many at once.
 *
 * <p>Origin: Python's {@code subprocess}.
 */
public final class Subprocess {
  private Subprocess() {}

  /**
   * A command, to be given options and then run.
   *
   * @param program a name that is looked up in the {@code PATH}, or a path with a slash
   * @param args passed as they are; no shell is involved
   */
  public static Command command(String program, String... args) {
    return Command.of(Stream.concat(Stream.of(program), Stream.of(args)).toList());
  }

  /** Runs a program to its end and returns how it ended and what it wrote, as {@link #run(Command)} does. */
  public static CompletedProcess run(String program, String... args) {
    return run(command(program, args));
  }

  /**
   * Runs a command to its end and returns how it ended and what it wrote.
   *
   * @throws StartException if it cannot be started; subclasses say why
   * @throws ProcessTimeoutException if it and its output did not end in time
   * @throws ProcessFailedException if its exit code was to be checked and is not allowed
   * @throws OutputLimitException if it wrote more than was to be captured
   * @throws ProcessInterruptedException if the calling thread is interrupted; the process tree is ended then
   * @throws SubprocessException if a line's action threw, which is its cause; the process tree is ended then
   * @throws IllegalStateException on a thread that must not block, as that of an event loop; {@link #start} it there, and await
   *     its {@link RunningProcess#future}
   */
  public static CompletedProcess run(Command command) {
    if (command.stdin() instanceof Input.Pipe) {
      throw new IllegalArgumentException("nobody could write to Input.pipe() in run(); use start(), or Input.text(text)");
    }
    if (command.stdout() instanceof Output.Stream || command.stderr() instanceof Output.Stream) {
      throw new IllegalArgumentException("nobody could read Output.stream() in run(); use start(), or Output.lines(action)");
    }
    NonBlocking.check("running '" + command.described() + "' to its end"); // before anything has begun
    CompletedProcess result = new Job(List.of(command), command.timeout(), false).await().getFirst();
    return command.check() ? result.orThrow() : result;
  }

  /** Starts a program and returns at once, as {@link #start(Command)} does. */
  public static RunningProcess start(String program, String... args) {
    return start(command(program, args));
  }

  /**
   * Starts a command and returns at once.
   *
   * @throws StartException if it cannot be started; subclasses say why
   */
  public static RunningProcess start(Command command) {
    return new RunningProcess(command);
  }

  /**
   * A chain of commands, each of whose output is the next one's input, to be given options and then run.
   *
   * @param stages at least two; those between have no other input and output
   */
  public static CommandPipeline pipeline(Command... stages) {
    return CommandPipeline.of(List.of(stages));
  }
}
