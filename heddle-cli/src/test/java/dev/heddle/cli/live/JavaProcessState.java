package dev.heddle.cli.live;

import java.nio.file.Files;
import java.nio.file.Path;

/** The state of a process on Linux. */
final class JavaProcessState {
  private JavaProcessState() {}

  /** Waits until a process is stopped; the test's time limit bounds it. */
  static void awaitStopped(String pid) throws Exception {
    Path stat = Path.of("/proc", pid, "stat");
    while (!Files.readString(stat).contains(") T ")) {
      Thread.onSpinWait();
    }
  }
}
