package dev.heddle.subprocess.launch;

import dev.heddle.subprocess.Command;
import dev.heddle.subprocess.Input;
import dev.heddle.subprocess.Output;
import dev.heddle.subprocess.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files that inputs and outputs of commands are redirected to. */
final class RedirectFiles {
  private RedirectFiles() {}

  /** A file that a command writes by itself. */
  private record Written(Command command, Output.ToFile output) {}

  /**
   * Checks the files before anything is started.
   *
   * @throws StartException if an input file, or the folder of an output file, does not exist or cannot be used
   * @throws IllegalArgumentException if two outputs would overwrite each other
   */
  static void check(List<Command> commands) {
    List<Written> written = new ArrayList<>();
    for (Command command : commands) {
      if (command.stdin() instanceof Input.FromFile(Path file)) {
        checkReadable(file, command);
      }
      for (Output output : List.of(command.stdout(), command.stderr())) {
        if (output instanceof Output.ToFile file) {
          checkWritable(file.file(), command);
          written.stream().filter(each -> isSame(each.output.file(), file.file())).findFirst()
              .ifPresent(each -> checkShared(each, new Written(command, file)));
          written.add(new Written(command, file));
        }
      }
    }
  }

  /** Returns whether both outputs of a command go to one file, which must be opened once. */
  static boolean isMerged(Command command) {
    return command.stdout() instanceof Output.ToFile(Path out, boolean _)
        && command.stderr() instanceof Output.ToFile(Path err, boolean _) && isSame(out, err);
  }

  private static void checkShared(Written first, Written second) {
    boolean bothAppend = first.output.appending() && second.output.appending();
    if (first.command == second.command ? first.output.appending() != second.output.appending() : !bothAppend) {
      throw new IllegalArgumentException("two outputs of '" + first.command.described() + "'"
          + (first.command == second.command ? "" : " and '" + second.command.described() + "'") + " go to the file "
          + first.output.file() + ", where they would overwrite each other; use Output.append(file) for both"
          + (first.command == second.command ? ", or Output.merge() for stderr" : ""));
    }
  }

  private static void checkReadable(Path file, Command command) {
    String reason = !Files.exists(file)
        ? "does not exist"
        : Files.isDirectory(file) ? "is a folder" : Files.isReadable(file) ? null : "may not be read by this user";
    if (reason != null) {
      throw new StartException("the input file " + file.toAbsolutePath() + " of '" + command.described() + "' " + reason
          + "; check the path", null);
    }
  }

  private static void checkWritable(Path file, Command command) {
    Path folder = file.toAbsolutePath().getParent();
    String reason = reason(file, folder);
    if (reason != null) {
      throw new StartException("the output file " + file.toAbsolutePath() + " of '" + command.described() + "' " + reason,
          null);
    }
  }

  private static @Nullable String reason(Path file, @Nullable Path folder) {
    if (folder != null && !Files.isDirectory(folder)) {
      return "cannot be created, because the folder " + folder + " does not exist; create it";
    } else if (Files.isDirectory(file)) {
      return "is a folder; name a file in it";
    } else if (Files.exists(file) && !Files.isWritable(file)) {
      return "may not be written by this user; change its permissions, or name another";
    }
    return null;
  }

  private static boolean isSame(Path a, Path b) {
    try {
      return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize())
          || (Files.isRegularFile(a) && Files.isRegularFile(b) && Files.isSameFile(a, b));
    } catch (IOException e) {
      return false;
    }
  }
}
