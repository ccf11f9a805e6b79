package dev.heddle.subprocess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Shell scripts as children, and what the system knows of processes. */
final class Sh {
  private Sh() {}

  /** A script; further arguments are its $1, $2 ... */
  static Command command(String script, String... args) {
    Command command = Subprocess.command("sh", "-c", script, "sh");
    var all = new java.util.ArrayList<>(command.args());
    all.addAll(java.util.List.of(args));
    return Command.of(all);
  }

  static CompletedProcess run(String script, String... args) {
    return command(script, args).run();
  }

  /** Whether a process lives; one that is dead and only not yet buried by its parent does not. */
  static boolean lives(String pid) {
    Path stat = Path.of("/proc", pid.strip(), "stat");
    if (!Files.exists(Path.of("/proc/self/stat"))) {
      return ProcessHandle.of(Long.parseLong(pid.strip())).map(ProcessHandle::isAlive).orElse(false);
    }
    try {
      String text = Files.readString(stat);
      return "ZX".indexOf(text.charAt(text.lastIndexOf(") ") + 2)) < 0;
    } catch (IOException gone) {
      return false;
    }
  }
}
