package dev.heddle.cookbook.everyday;

import dev.heddle.futures.Executor;
import dev.heddle.futures.MapOutcome;
import dev.heddle.futures.ThreadPool;
import dev.heddle.iter.Iter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Counts the levels of the lines of any number of log files, on all processors, and goes on after files it cannot read. */
public final class LogCount {
  private LogCount() {}

  /** Adds up the levels of all log files below a folder, and collects the failures. */
  public static void count(Path folder, Map<String, Long> levels, Map<Path, String> failures) throws IOException {
    try (Executor pool = ThreadPool.of(Runtime.getRuntime().availableProcessors());
        Stream<Path> files = Files.walk(folder).filter(LogFiles::isLog)) {
      for (MapOutcome<Path, Map<String, Long>> each : pool.mapOutcomesUnordered(LogFiles::levels, Iter.fromStream(files))) {
        if (each.succeeded()) {
          each.result().forEach((level, lines) -> levels.merge(level, lines, Long::sum));
        } else {
          failures.put(each.input(), String.valueOf(each.failure()));
        }
      }
    }
  }
}
