package dev.heddle.subprocess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Shell scripts as children, and what the system knows of processes. */
final class Sh {
  private Sh() {}

  /** A script; further arguments are its $1, $2 ... */
  static Command command(String script, String... args) {
    Command command = Subprocess.command("sh", "-c", script, "sh");
    List<String> all = new ArrayList<>(command.args());
    all.addAll(List.of(args));
    return Command.of(all);
  }

  static CompletedProcess run(String script, String... args) {
    return command(script, args).run();
  }

  /** Polls a condition for which there is no event, for half a minute at most. */
  static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; !condition.getAsBoolean(); i++) {
      if (i == 3000) {
        throw new AssertionError("the condition did not hold within 30 s");
      }
      TimeUnit.MILLISECONDS.sleep(10); // there is no event to wait for
    }
  }

  /** Whether a process lives; a zombie, which has ended and whose exit code was not read yet, does not. */
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
