package dev.heddle.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The resident memory of a process, where the system tells: in {@code /proc}, which Linux has. */
final class Rss {
  private static final long PAGE = 4_096; // what /proc counts in; on the rare systems with larger pages the figure is too small

  private Rss() {}

  /** In bytes, or -1. */
  static long of(long pid) {
    try {
      String[] fields = Files.readString(Path.of("/proc/" + pid + "/statm")).split(" ");
      return Long.parseLong(fields[1]) * PAGE;
    } catch (IOException | RuntimeException e) {
      return -1; // gone, or no such system
    }
  }
}
