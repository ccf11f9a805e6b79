package dev.heddle.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the tests ask the system about processes. */
final class Processes {
  private Processes() {}

  /**
   * Whether a process runs. One that has ended but whose exit nobody has taken notice of does not: it is a line in the system's
   * table and nothing else. Orphans stay in that state for as long as process 1 pleases, which may be seconds.
   */
  static boolean isRunning(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      return state != 'Z' && state != 'X';
    } catch (IOException e) { // gone, or a system without /proc
      return !Files.isDirectory(Path.of("/proc/self")) && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
  }
}
