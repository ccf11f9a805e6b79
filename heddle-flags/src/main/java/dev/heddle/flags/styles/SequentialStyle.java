package dev.heddle.flags.styles;

import dev.heddle.flags.DownloadOptions;
import dev.heddle.flags.FlagOutcome;
import dev.heddle.futures.Executor;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.ThreadPool;
import java.util.List;
import java.util.function.Consumer;

/** Downloads one flag after the other. */
public final class SequentialStyle implements StyleRunner {

  @Override
  public int connections(int flags, DownloadOptions options) {
    return 1;
  }

  @Override
  public void run(List<FlagDownload> jobs, int connections, DownloadOptions options, Consumer<FlagOutcome> arrived) {
    // Through an executor as well, so that retries and their pauses are the same in every style.
    try (Executor pool = ThreadPool.virtual(1, PoolOptions.named("sequential"))) {
      for (FlagDownload job : jobs) {
        arrived.accept(job.outcome(pool.submit(job.options(options.retry()), job)));
      }
    }
  }
}
