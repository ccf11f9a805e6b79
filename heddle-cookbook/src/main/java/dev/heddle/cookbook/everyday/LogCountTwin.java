package dev.heddle.cookbook.everyday;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** The {@link LogCount} by {@code java.util.concurrent}. */
public final class LogCountTwin {
  private LogCountTwin() {}

  /** Adds up the levels of all log files below a folder, and collects the failures. */
  @SuppressWarnings("CollectionUndefinedEquality") // futures are told apart by identity
  public static void count(Path folder, Map<String, Long> levels, Map<Path, String> failures)
      throws IOException, InterruptedException {
    int processors = Runtime.getRuntime().availableProcessors();
    try (ExecutorService pool = Executors.newFixedThreadPool(processors);
        Stream<Path> files = Files.walk(folder).filter(LogFiles::isLog)) {
      try {
        CompletionService<Map<String, Long>> counts = new ExecutorCompletionService<>(pool);
        Map<Future<Map<String, Long>>, Path> open = new HashMap<>();
        Iterator<Path> logs = files.iterator();
        while (logs.hasNext() || !open.isEmpty()) {
          while (logs.hasNext() && open.size() < 2 * processors) {
            Path log = logs.next();
            open.put(counts.submit(() -> LogFiles.levels(log)), log);
          }
          Future<Map<String, Long>> done = counts.take();
          Path log = open.remove(done);
          try {
            done.get().forEach((level, lines) -> levels.merge(level, lines, Long::sum));
          } catch (ExecutionException e) {
            failures.put(log, String.valueOf(e.getCause()));
          }
        }
      } finally {
        pool.shutdownNow();
      }
    }
  }
}
