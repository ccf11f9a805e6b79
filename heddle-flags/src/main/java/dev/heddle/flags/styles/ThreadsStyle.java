package dev.heddle.flags.styles;

import dev.heddle.flags.DownloadOptions;
import dev.heddle.flags.FlagOutcome;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Futures;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.ThreadPool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Downloads many flags at once, each on a virtual thread, and reports them as they complete. */
public final class ThreadsStyle implements StyleRunner {

  @Override
  public int connections(int flags, DownloadOptions options) {
    return Math.min(flags, options.maxConnections());
  }

  @Override
  public void run(List<FlagDownload> jobs, int connections, DownloadOptions options, Consumer<FlagOutcome> arrived) {
    try (Executor pool = ThreadPool.virtual(connections, PoolOptions.named("threads"))) {
      Map<Future<FlagOutcome>, FlagDownload> toDo = new LinkedHashMap<>();
      for (FlagDownload job : jobs) {
        toDo.put(pool.submit(job.options(options.retry()), job), job);
      }
      for (Future<FlagOutcome> done : Futures.asCompleted(toDo.keySet())) {
        arrived.accept(Objects.requireNonNull(toDo.get(done)).outcome(done));
      }
    }
  }
}
