package dev.heddle.process.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Reads the resident memory of a process, on Linux from {@code /proc}. */
public final class Rss {
  private static final long PAGE = 4_096; // what /proc counts in; on the rare systems with larger pages the figure is too small

  private static final String OWN = "RssAnon:";
  private static final String UNIT = "kB";

  private Rss() {}

  /**
   * Returns the part that is neither shared nor a mapped file, in bytes; all of it where the system does not tell that
   * part; -1 if it tells nothing.
   */
  public static long ownOf(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      String own = lines.filter(line -> line.startsWith(OWN)).findFirst().orElse("");
      return own.isEmpty()
          ? of(pid)
          : Long.parseLong(own.substring(OWN.length(), own.length() - UNIT.length()).strip()) << 10;
    } catch (IOException | RuntimeException e) {
      return -1;
    }
  }

  /** Returns it in bytes; -1 if the system does not tell. */
  public static long of(long pid) {
    try {
      String[] fields = Files.readString(Path.of("/proc/" + pid + "/statm")).split(" ");
      return Long.parseLong(fields[1]) * PAGE;
    } catch (IOException | RuntimeException e) {
      return -1; // gone, or no such system
    }
  }
}
