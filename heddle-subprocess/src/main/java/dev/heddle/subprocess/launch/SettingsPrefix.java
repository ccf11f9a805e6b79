package dev.heddle.subprocess.launch;

import dev.heddle.subprocess.Command;
import dev.heddle.subprocess.ProcessSettings;
import dev.heddle.subprocess.StartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The programs that give a process its {@link ProcessSettings}: they stand before the command, and each becomes the next one
 * by {@code exec}, so that the process id stays.
 */
final class SettingsPrefix {
  private static final List<String> FOLDERS = List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin");

  private SettingsPrefix() {}

  /**
   * Returns the arguments to put before those of the command.
   *
   * @throws StartException if this system lacks one of the programs
   */
  static List<String> of(Command command) {
    ProcessSettings settings = command.settings();
    List<String> prefix = new ArrayList<>();
    if (settings.niceness() != 0) {
      prefix.addAll(List.of(program("nice", "a niceness", "coreutils"), "-n", String.valueOf(settings.niceness())));
    }
    if (settings.newSession()) {
      prefix.add(program("setsid", "a new session", "util-linux"));
    }
    if (settings.user() != null) {
      prefix.addAll(userChange(settings.user()));
    }
    if (settings.umask() != null) {
      prefix.addAll(List.of(program("sh", "a umask", "dash"), "-c",
          "umask 0" + Integer.toOctalString(settings.umask()) + " && exec \"$@\"", "sh"));
    }
    return prefix;
  }

  private static List<String> userChange(String user) {
    String setpriv = program("setpriv", "another user", "util-linux");
    String self = id("-u");
    if (!"0".equals(self)) {
      throw new StartException("user '" + user + "' can be set by root only, but this program runs as user " + self
          + "; start it as root, or leave the setting out", null);
    }
    String group = id("-g", user);
    if (group != null) {
      return List.of(setpriv, "--reuid", user, "--regid", group, "--init-groups");
    }
    if (user.chars().allMatch(Character::isDigit)) { // as in containers, whose users need no names
      return List.of(setpriv, "--reuid", user, "--regid", user, "--clear-groups");
    }
    throw new StartException("there is no user '" + user + "' on this system; 'getent passwd' lists the users", null);
  }

  /** Returns what the program {@code id} prints; null if it does not know the user. */
  private static @Nullable String id(String... args) {
    try {
      Process id = new ProcessBuilder(
          Stream.concat(Stream.of(program("id", "another user", "coreutils")), Stream.of(args)).toList())
          .redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String printed = new String(id.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      return id.waitFor() == 0 ? printed : null;
    } catch (IOException e) {
      throw new StartException("the program id, which knows the users, cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted while asking for the numbers of users", e);
    }
  }

  private static String program(String name, String purpose, String contained) {
    String path = System.getenv("PATH");
    Stream<String> folders = Stream.concat(FOLDERS.stream(), path == null ? Stream.empty() : Stream.of(path.split(":")));
    return folders.filter(folder -> folder.startsWith("/")).map(folder -> Path.of(folder, name)).filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new StartException("to give a process " + purpose + ", the program '" + name
            + "' is needed, which is"
            + " neither in " + FOLDERS + " nor in the PATH; install it (on many systems it is in the package " + contained
            + "), or leave the setting out", null))
        .toString();
  }
}
