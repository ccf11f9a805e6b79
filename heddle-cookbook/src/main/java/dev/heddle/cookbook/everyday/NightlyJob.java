package dev.heddle.cookbook.everyday;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.Retry;
import dev.heddle.futures.ScopeOptions;
import dev.heddle.futures.TaskScope;
import dev.heddle.futures.ThreadPool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Exports all tables at once, each with a second attempt, and archives them; all within a time, and nothing runs on. */
public final class NightlyJob {
  private NightlyJob() {}

  /** Returns the archive; the first export that fails stops the others, and so does the end of the time. */
  public static Path run(Warehouse warehouse, Path folder, Duration longest) throws IOException {
    try (Executor pool = ThreadPool.virtual(PoolOptions.defaults().withRetry(Retry.times(2)))) {
      return TaskScope.call(pool, ScopeOptions.untilFailure().withTimeout(longest), scope -> {
        List<Future<Path>> exports = warehouse.tables().stream()
            .map(table -> scope.submit(() -> warehouse.export(table, folder)))
            .toList();
        return warehouse.archive(exports.stream().map(Future::result).toList(), folder);
      });
    }
  }
}
