package dev.heddle.subprocess;

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
 * Looks programs up, for two reasons: the JDK searches the PATH of this JVM, not that of the child's environment, and its
 * errors do not tell what is wrong.
 */
final class Programs {
  private static final String DEFAULT_PATH = "/usr/bin:/bin"; // what the system takes where PATH is not set
  private static final boolean WINDOWS = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
  private static final Pattern TOO_LONG = Pattern.compile("error[=:] ?7\\b"); // E2BIG
  private static final Pattern NOT_ALLOWED = Pattern.compile("error[=:] ?13\\b"); // EACCES
  private static final Charset SYSTEM_CHARSET = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"),
      StandardCharsets.UTF_8);
  private static final int LONGEST_FIRST_LINE = 256;

  private Programs() {}

  /**
   * Java encodes arguments and variables as the locale says, and turns what that cannot express into question marks: another
   * file would be meant.
   *
   * @throws StartException if there is such a text
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
   * What to give to the JDK as the program.
   *
   * @param environment the child's
   * @param alone whether nothing else is started with it, so that it may as well be tried before it is looked for
   * @throws StartException if it cannot be run
   */
  static String resolve(Command command, Map<String, String> environment, boolean alone) {
    checkEncodable(command);
    checkDirectory(command);
    String program = command.args().getFirst();
    if (WINDOWS) {
      return program; // other rules (extensions, the registry), which the system knows best
    }
    if (program.indexOf('/') >= 0) {
      checkExecutable(inDirectory(command, program), command);
      return program;
    }
    String path = environment.get("PATH");
    boolean samePath = path != null && path.equals(System.getenv("PATH"));
    if (alone && samePath) {
      return program; // the JDK looks in the same places; if it finds nothing, failed() says why
    }
    Path found = search(program, command, path);
    // a program is told the name it was called by, so that name stays if it can
    return samePath && found.isAbsolute() ? program : found.toAbsolutePath().toString();
  }

  private static void checkDirectory(Command command) {
    Path directory = command.directory();
    if (directory != null && !Files.isDirectory(directory)) {
      throw new WorkingDirectoryException("cannot run '" + command.described() + "': its working directory " + directory
          + (Files.exists(directory) ? " is no directory" : " does not exist") + "; make it, or name another", null);
    }
  }

  private static Path search(String program, Command command, @Nullable String path) {
    List<Path> notExecutable = new ArrayList<>();
    String searched = path == null ? DEFAULT_PATH : path;
    for (String folder : searched.split(":", -1)) {
      Path candidate = inDirectory(command, folder.isEmpty() ? program : folder + "/" + program);
      File file = candidate.toFile(); // quicker than Files, which counts where a child lives for a millisecond
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
          + " of its environment; install it, or give its full path", null);
    }
    throw notExecutable(notExecutable.getFirst(), null);
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
   * What a failed start means.
   *
   * @throws StartException likewise, if the program cannot be found
   */
  static StartException failed(Command command, Map<String, String> environment, IOException error) {
    Path program = located(command, environment);
    String interpreter = interpreter(program);
    if (interpreter != null && !Files.isExecutable(Path.of(interpreter))) {
      return new ProgramNotExecutableException("the first line of " + program + " names the interpreter '" + interpreter
          + "', which " + (Files.exists(Path.of(interpreter)) ? "may not be executed" : "does not exist")
          + "; mend that line, or install it", error);
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

  private static Path located(Command command, Map<String, String> environment) {
    String program = command.args().getFirst();
    return program.indexOf('/') >= 0 || WINDOWS
        ? inDirectory(command, program)
        : search(program, command, environment.get("PATH"));
  }

  /** What the first line of a script names, or null if there is no such line. */
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
      return null; // a program need not be readable; the start's own error is told then
    }
  }
}
