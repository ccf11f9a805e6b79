package dev.heddle.subprocess;

import dev.heddle.base.Check;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A program with its arguments and the options of its run. Immutable: each {@code with} method returns a changed copy. A
 * command may be run many times, also at once.
 *
 * <p>No shell is involved: an argument is passed as it is, whatever characters it contains.
 *
 * <p>Origin: the arguments of Python's {@code subprocess.Popen} and {@code run}.
 *
 * @param args the program, then its arguments; a program without a slash is looked up in the {@code PATH} that the child
 *     will have, one with a slash is taken relative to {@code directory}
 * @param stdin the source of standard input
 * @param stdout the destination of standard output
 * @param stderr the destination of standard error
 * @param environment changes to the environment: a value to set, or empty to remove
 * @param cleanEnvironment whether the child gets the variables that are set here, and no others
 * @param directory its working directory; null means this JVM's
 * @param timeout the time after which its process tree is ended; null means none
 * @param grace the time between asking a process tree to end (SIGTERM) and killing it (SIGKILL)
 * @param linger how long to wait, after the end of the process, for output of other processes that have its output open, at
 *     least 200 ms; processes that go on writing are cut off after ten times as long
 * @param check whether an exit code that is not allowed throws {@link ProcessFailedException}
 * @param allowedExitCodes the exit codes that mean success
 * @param charset the charset of texts and lines
 * @param settings what the child inherits from this JVM unless it is set: user, session, priority, umask
 */
public record Command(
    List<String> args,
    Input stdin,
    Output stdout,
    Output stderr,
    Map<String, Optional<String>> environment,
    boolean cleanEnvironment,
    @Nullable Path directory,
    @Nullable Duration timeout,
    Duration grace,
    Duration linger,
    boolean check,
    Set<Integer> allowedExitCodes,
    Charset charset,
    ProcessSettings settings) {

  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final Duration LINGER = Duration.ofSeconds(1);

  /** Checks the values. */
  public Command {
    args = List.copyOf(args);
    if (args.isEmpty() || args.getFirst().isEmpty()) {
      throw new IllegalArgumentException("args must begin with the name of a program, but was " + args);
    }
    args.forEach(arg -> Check.noNul(arg, "an argument"));
    Check.notNull(stdin, "stdin");
    if (Check.notNull(stdout, "stdout") instanceof Output.Merge) {
      throw new IllegalArgumentException("stdout cannot be merged into itself; Output.merge() is for stderr");
    }
    Check.notNull(stderr, "stderr");
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    environment.forEach(Command::checkVariable);
    if (timeout != null) {
      Check.positive(timeout, "timeout", "leave it out to wait without a limit");
    }
    Check.notNegative(grace, "grace", "Duration.ZERO is the least");
    Check.notNegative(linger, "linger", "Duration.ZERO is the least");
    allowedExitCodes = Set.copyOf(allowedExitCodes);
    Check.notNull(charset, "charset");
    Check.notNull(settings, "settings");
  }

  private static void checkVariable(String name, Optional<String> value) {
    if (Check.noNul(name, "the name of a variable").isEmpty() || name.indexOf('=') >= 0) {
      throw new IllegalArgumentException(
          "the name of a variable must not be empty nor contain '=', but was '" + name
              + "'; pass the value as the second argument");
    }
    value.ifPresent(text -> Check.noNul(text, "the value of variable " + name));
  }

  /** Returns a command with the defaults: no input, output captured, no time-out. */
  public static Command of(List<String> args) {
    return new Command(args, Input.empty(), Output.capture(), Output.capture(), Map.of(), false, null, null, GRACE, LINGER,
        false, Set.of(0), StandardCharsets.UTF_8, ProcessSettings.INHERITED);
  }

  /** Returns this command with other input. */
  public Command withStdin(Input stdin) {
    return new Command(args, stdin, stdout, stderr, environment, cleanEnvironment, directory, timeout, grace, linger, check,
        allowedExitCodes, charset, settings);
  }

  /** Returns this command with a text as its input. */
  public Command withInput(CharSequence text) {
    return withStdin(Input.text(text));
  }

  /** Returns this command with bytes as its input. */
  public Command withInput(byte[] bytes) {
    return withStdin(Input.bytes(bytes));
  }

  /** Returns this command with another destination of standard output. */
  public Command withStdout(Output stdout) {
    return new Command(args, stdin, stdout, stderr, environment, cleanEnvironment, directory, timeout, grace, linger, check,
        allowedExitCodes, charset, settings);
  }

  /** Returns this command with another destination of standard error. */
  public Command withStderr(Output stderr) {
    return new Command(args, stdin, stdout, stderr, environment, cleanEnvironment, directory, timeout, grace, linger, check,
        allowedExitCodes, charset, settings);
  }

  /** Returns this command with a variable of the environment set. */
  public Command withVariable(String name, String value) {
    Check.notNull(value, "value of variable " + name + " (withoutVariable removes a variable)");
    return changed(name, Optional.of(value), cleanEnvironment);
  }

  /** Returns this command with a variable of the environment removed. */
  public Command withoutVariable(String name) {
    return changed(name, Optional.empty(), cleanEnvironment);
  }

  private Command changed(String name, Optional<String> value, boolean clean) {
    Map<String, Optional<String>> changes = new LinkedHashMap<>(environment);
    changes.put(name, value);
    return new Command(args, stdin, stdout, stderr, changes, clean, directory, timeout, grace, linger, check,
        allowedExitCodes, charset, settings);
  }

  /**
   * Returns this command with none of this JVM's variables; those set by {@link #withVariable} stay. On Linux the child gets
   * one more, {@code HEDDLE_TREE}, by which its descendants are found when the process tree is ended.
   */
  public Command withCleanEnvironment() {
    return new Command(args, stdin, stdout, stderr, environment, true, directory, timeout, grace, linger, check,
        allowedExitCodes, charset, settings);
  }

  /** Returns this command in a working directory. */
  public Command withDirectory(Path directory) {
    return new Command(args, stdin, stdout, stderr, environment, cleanEnvironment, Check.notNull(directory, "directory"),
        timeout, grace, linger, check, allowedExitCodes, charset, settings);
  }

  /** Returns this command with a time-out, longer than zero. */
  public Command withTimeout(Duration timeout) {
    return new Command(args, stdin, stdout, stderr, environment, cleanEnvironment, directory,
        Check.notNull(timeout, "timeout"), grace, linger, check, allowedExitCodes, charset, settings);
  }

  /** Returns this command with another time between SIGTERM and SIGKILL; zero kills at once. */
  public Command withGrace(Duration grace) {
    return new Command(args, stdin, stdout, stderr, environment, cleanEnvironment, directory, timeout, grace, linger, check,
        allowedExitCodes, charset, settings);
  }

  /**
   * Returns this command with another {@code linger}: the silence after which output of other processes is no longer waited
   * for.
   */
  public Command withLinger(Duration linger) {
    return new Command(args, stdin, stdout, stderr, environment, cleanEnvironment, directory, timeout, grace, linger, check,
        allowedExitCodes, charset, settings);
  }

  /** Returns this command, which throws {@link ProcessFailedException} for an exit code that is not allowed. */
  public Command withCheck() {
    return new Command(args, stdin, stdout, stderr, environment, cleanEnvironment, directory, timeout, grace, linger, true,
        allowedExitCodes, charset, settings);
  }

  /** Returns this command with other exit codes that mean success. */
  public Command withAllowedExitCodes(Integer... codes) {
    return new Command(args, stdin, stdout, stderr, environment, cleanEnvironment, directory, timeout, grace, linger, check,
        Set.of(codes), charset, settings);
  }

  /** Returns this command with another charset of texts and lines than UTF-8. */
  public Command withCharset(Charset charset) {
    return new Command(args, stdin, stdout, stderr, environment, cleanEnvironment, directory, timeout, grace, linger, check,
        allowedExitCodes, charset, settings);
  }

  private Command withSettings(ProcessSettings changed) {
    return new Command(args, stdin, stdout, stderr, environment, cleanEnvironment, directory, timeout, grace, linger, check,
        allowedExitCodes, charset, changed);
  }

  /**
   * Returns this command with a lower priority for the CPU. Needs the program {@code nice}. Origin: {@code os.nice} in a
   * {@code preexec_fn}.
   *
   * @param niceness added to this JVM's niceness, from 0 to 19 (the lowest priority)
   */
  public Command withNiceness(int niceness) {
    return withSettings(settings.withNiceness(niceness));
  }

  /**
   * Returns this command in a session and a process group of its own: Ctrl-C at the terminal does not reach it, and it
   * cannot ask there. It is still ended with its process tree. Needs the program {@code setsid}. Origin: {@code
   * start_new_session}.
   */
  public Command withNewSession() {
    return withSettings(settings.withNewSession());
  }

  /**
   * Returns this command with other permissions for the files that it creates. Needs the program {@code sh}. Origin: {@code
   * umask}.
   *
   * @param umask the permissions to take away, from 0 to 0777, such as {@code 0077} for files of its user alone
   */
  public Command withUmask(int umask) {
    return withSettings(settings.withUmask(umask));
  }

  /**
   * Returns this command under another user, with that user's groups; only root may do so. The environment is not changed:
   * see {@link #withCleanEnvironment}. Needs the program {@code setpriv}. Origin: {@code user}.
   *
   * @param user a name or a number
   */
  public Command withUser(String user) {
    return withSettings(settings.withUser(user));
  }

  /** Runs it: {@link Subprocess#run(Command)}. */
  public CompletedProcess run() {
    return Subprocess.run(this);
  }

  /** Starts it: {@link Subprocess#start(Command)}. */
  public RunningProcess start() {
    return Subprocess.start(this);
  }

  /** Returns the arguments for messages: quoted where a shell requires it, and cut after 200 characters. */
  public String described() {
    StringBuilder text = new StringBuilder();
    for (String arg : args) {
      boolean plain = arg.matches("[\\w@%+=:,./-]+");
      text.append(text.isEmpty() ? "" : " ").append(plain ? arg : "'" + arg.replace("'", "'\\''") + "'");
      if (text.length() > 200) {
        return text.substring(0, 200) + "...";
      }
    }
    return text.toString();
  }
}
