package dev.heddle.cookbook.everyday;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The {@link NightlyJob} by {@code java.util.concurrent}. */
public final class NightlyJobTwin {
  private NightlyJobTwin() {}

  /** Returns the archive; the first export that fails stops the others, and so does the end of the time. */
  public static Path run(Warehouse warehouse, Path folder, Duration longest)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    long deadline = System.nanoTime() + longest.toNanos();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        CompletionService<Path> exports = new ExecutorCompletionService<>(pool);
        List<Future<Path>> files = new ArrayList<>();
        for (String table : warehouse.tables()) {
          files.add(exports.submit(() -> export(warehouse, table, folder)));
        }
        for (int i = 0; i < files.size(); i++) {
          Future<Path> next = exports.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
          if (next == null) {
            throw new TimeoutException("the exports took longer than " + longest);
          }
          next.get();
        }
        List<Path> all = new ArrayList<>();
        for (Future<Path> file : files) {
          all.add(file.get());
        }
        Future<Path> archive = pool.submit(() -> warehouse.archive(all, folder));
        return archive.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      } finally {
        pool.shutdownNow();
      }
    }
  }

  private static Path export(Warehouse warehouse, String table, Path folder) throws IOException, InterruptedException {
    try {
      return warehouse.export(table, folder);
    } catch (IOException e) {
      Thread.sleep(100);
      return warehouse.export(table, folder);
    }
  }
}
