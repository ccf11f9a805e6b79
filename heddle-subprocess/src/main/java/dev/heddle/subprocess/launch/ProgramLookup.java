package dev.heddle.subprocess.launch;

import dev.heddle.subprocess.Command;
import dev.heddle.subprocess.ProgramNotExecutableException;
import dev.heddle.subprocess.ProgramNotFoundException;
import dev.heddle.subprocess.StartException;
import dev.heddle.subprocess.WorkingDirectoryException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The look-up of programs. It is needed because the JDK searches the PATH of this JVM, not that of the child's environment,
 * and because its errors do not tell what is wrong.
 */
final class ProgramLookup {
  private static final String DEFAULT_PATH = "/usr/bin:/bin"; // the default of the system where PATH is not set
  private static final boolean WINDOWS = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
  private static final Pattern TOO_LONG = Pattern.compile("error[=:] ?7\\b"); // E2BIG
  private static final Pattern NOT_ALLOWED = Pattern.compile("error[=:] ?13\\b"); // EACCES
  private static final Charset SYSTEM_CHARSET = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"),
      StandardCharsets.UTF_8);
  private static final int LONGEST_FIRST_LINE = 256;

  private ProgramLookup() {}

  /**
   * Checks that arguments and variables can be encoded in the charset of the locale. Java would replace other characters by
   * question marks, and the child would get another file name.
   *
   * @throws StartException if one cannot be encoded
   */
  private static void checkEncodable(Command command) {
    if (SYSTEM_CHARSET.equals(StandardCharsets.UTF_8)) {
      return;
    }
    CharsetEncoder encoder = SYSTEM_CHARSET.newEncoder();
    Stream<String> values = command.environment().values().stream().flatMap(Optional::stream);
    Stream.concat(command.args().stream(), values).filter(text -> !encoder.canEncode(text)).findFirst().ifPresent(text -> {
      throw new StartException("'" + text + "' cannot be passed to a program in this locale, whose charset is "
          + SYSTEM_CHARSET + "; start this JVM with LC_ALL=C.UTF-8", null);
    });
  }

  /**
   * Returns the program to pass to the JDK.
   *
   * @param environment the child's
   * @param alone whether no other command is started with it, so that it may be tried before it is looked up
   * @throws StartException if it cannot be run
   */
  static String resolve(Command command, Map<String, String> environment, boolean alone) {
    checkEncodable(command);
    checkDirectory(command);
    String program = command.args().getFirst();
    if (WINDOWS) {
      return program; // the system has other rules: extensions, the registry
    }
    if (program.indexOf('/') >= 0) {
      checkExecutable(inDirectory(command, program), command);
      return program;
    }
    String path = environment.get("PATH");
    boolean samePath = path != null && path.equals(System.getenv("PATH"));
    if (alone && samePath) {
      return program; // the JDK searches the same folders; if it finds nothing, failed() explains why
    }
    Path found = search(program, command, path);
    // a program sees the name it was called by, so that name is kept if possible
    return samePath && found.isAbsolute() ? program : found.toAbsolutePath().toString();
  }

  private static void checkDirectory(Command command) {
    Path directory = command.directory();
    if (directory != null && !Files.isDirectory(directory)) {
      throw new WorkingDirectoryException("cannot run '" + command.described() + "': its working directory " + directory
          + (Files.exists(directory) ? " is not a directory" : " does not exist") + "; create it, or name another", null);
    }
  }

  private static Path search(String program, Command command, @Nullable String path) {
    List<Path> notExecutable = new ArrayList<>();
    String searched = path == null ? DEFAULT_PATH : path;
    for (String folder : searched.split(":", -1)) {
      Path candidate = inDirectory(command, folder.isEmpty() ? program : folder + "/" + program);
      File file = candidate.toFile(); // faster than Files, which matters for a child that lives for a millisecond
      if (file.isFile()) {
        if (file.canExecute()) {
          return candidate;
        }
        notExecutable.add(candidate);
      }
    }
    if (notExecutable.isEmpty()) {
      throw new ProgramNotFoundException("there is no program '" + program + "' in the PATH "
          + (path == null ? "(not set; " + DEFAULT_PATH + " is taken)" : "'" + path + "'")
          + " of its environment; " + remedy(command), null);
    }
    throw notExecutable(notExecutable.getFirst(), null);
  }

  /** A line of arguments in one string is what Python's {@code shell=True} takes. */
  private static String remedy(Command command) {
    String program = command.args().getFirst();
    if (program.chars().anyMatch(c -> "|&;<>$`*".indexOf(c) >= 0) && program.indexOf(' ') > 0) {
      return "this is a line for a shell: use command(\"sh\", \"-c\", line)";
    } else if (program.strip().indexOf(' ') > 0) {
      return "no shell splits it: give each argument a string of its own, as in command(\"ls\", \"-l\")";
    }
    return "install it, or give its full path";
  }

  private static Path inDirectory(Command command, String program) {
    return command.directory() == null ? Path.of(program) : command.directory().resolve(program);
  }

  private static void checkExecutable(Path program, Command command) {
    if (!Files.exists(program)) {
      throw new ProgramNotFoundException("there is no file " + program + (program.isAbsolute()
          ? ""
          : " in "
              + Path.of("").toAbsolutePath())
          + " to run '" + command.described() + "'; check the path", null);
    }
    if (Files.isDirectory(program)) {
      throw new ProgramNotExecutableException(program + " is a directory, not a program; name a file in it", null);
    }
    if (!Files.isExecutable(program)) {
      throw notExecutable(program, null);
    }
  }

  private static ProgramNotExecutableException notExecutable(Path program, @Nullable Throwable cause) {
    return new ProgramNotExecutableException(
        program + " may not be executed by this user; 'chmod +x' gives the permission", cause);
  }

  /**
   * Explains a failed start.
   *
   * @throws StartException if the program cannot be found
   */
  static StartException failed(Command command, Map<String, String> environment, IOException error) {
    Path program = located(command, environment);
    String interpreter = interpreter(program);
    if (interpreter != null && !Files.isExecutable(Path.of(interpreter))) {
      return badInterpreter(program, interpreter, error);
    }
    String message = String.valueOf(error.getMessage());
    if (TOO_LONG.matcher(message).find()) {
      return new StartException("the arguments and the environment of '" + command.described()
          + "' are too long for the system; pass them in a file, or on standard input", error);
    }
    if (NOT_ALLOWED.matcher(message).find()) {
      return notExecutable(program, error);
    }
    return new StartException("'" + command.described() + "' cannot be started: " + message, error);
  }

  /**
   * Checks the interpreter that the first line of a script names.
   *
   * @throws StartException if it cannot be run
   */
  static void checkInterpreter(Command command, Map<String, String> environment) {
    Path program = located(command, environment);
    String interpreter = interpreter(program);
    if (interpreter != null && !Files.isExecutable(Path.of(interpreter))) {
      throw badInterpreter(program, interpreter, null);
    }
  }

  private static StartException badInterpreter(Path program, String interpreter, @Nullable IOException error) {
    return new ProgramNotExecutableException("the first line of " + program + " names the interpreter '" + interpreter
        + "', which " + (Files.exists(Path.of(interpreter)) ? "may not be executed" : "does not exist")
        + "; correct that line, or install it", error);
  }

  private static Path located(Command command, Map<String, String> environment) {
    String program = command.args().getFirst();
    return program.indexOf('/') >= 0 || WINDOWS
        ? inDirectory(command, program)
        : search(program, command, environment.get("PATH"));
  }

  /** Returns the interpreter that the first line of a script names, or null if there is no such line. */
  private static @Nullable String interpreter(Path program) {
    try (InputStream in = Files.newInputStream(program)) {
      String start = new String(in.readNBytes(LONGEST_FIRST_LINE), StandardCharsets.ISO_8859_1);
      if (!start.startsWith("#!")) {
        return null;
      }
      String line = start.substring(2).lines().findFirst().orElse("");
      String name = line.strip().split("\\s", 2)[0];
      return name.isEmpty() || line.endsWith("\r") ? line : name;
    } catch (IOException unreadable) {
      return null; // a program need not be readable; the original error is thrown then
    }
  }
}
