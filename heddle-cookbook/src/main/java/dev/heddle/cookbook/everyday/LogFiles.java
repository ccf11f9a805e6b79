package dev.heddle.cookbook.everyday;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Log files whose lines begin with a level. */
public final class LogFiles {
  private LogFiles() {}

  /** Writes some log files into a folder, and one that is no text. */
  public static void write(Path folder) throws IOException {
    for (int file = 0; file < 8; file++) {
      int number = file;
      String lines = IntStream.range(0, 500)
          .mapToObj(line -> (line % (number + 2) == 0 ? "ERROR" : "INFO") + " line " + line)
          .collect(Collectors.joining("\n"));
      Files.writeString(folder.resolve("app-" + file + ".log"), lines);
    }
    Files.write(folder.resolve("broken.log"), new byte[]{(byte) 0xC3, 0x28});
    Files.writeString(folder.resolve("readme.txt"), "INFO no log");
  }

  /** Returns whether a file is a log. */
  public static boolean isLog(Path file) {
    return file.toString().endsWith(".log");
  }

  /** Counts the lines of each level. */
  public static Map<String, Long> levels(Path file) throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      for (String line : (Iterable<String>) lines::iterator) {
        counts.merge(line.split(" ", 2)[0], 1L, Long::sum);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return counts;
  }
}
