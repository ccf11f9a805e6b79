package dev.heddle.flags.styles;

import dev.heddle.flags.DownloadOptions;
import dev.heddle.flags.FlagOutcome;
import dev.heddle.flags.client.RemoteDownload;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Futures;
import dev.heddle.futures.Retry;
import dev.heddle.process.ProcessPool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Downloads a few flags at once, each in a worker process; one worker per core.
 *
 * <p>Origin: {@code ProcessPoolExecutor} in place of {@code ThreadPoolExecutor} in "Fluent Python"; it does not help there
 * either, because the work is I/O.
 */
public final class ProcessesStyle implements StyleRunner {

  @Override
  public int connections(int flags, DownloadOptions options) {
    return Math.min(Math.min(flags, options.maxConnections()), Runtime.getRuntime().availableProcessors());
  }

  @Override
  public void run(List<FlagDownload> jobs, int connections, Retry retry, Consumer<FlagOutcome> arrived) {
    try (Executor pool = ProcessPool.of(connections)) {
      Map<Future<RemoteDownload.Reply>, FlagDownload> toDo = new LinkedHashMap<>();
      for (FlagDownload job : jobs) {
        toDo.put(pool.submit(job.remoteOptions(retry), job.remote()), job);
      }
      for (Future<RemoteDownload.Reply> done : Futures.asCompleted(toDo.keySet())) {
        FlagDownload job = Objects.requireNonNull(toDo.get(done));
        arrived.accept(job.outcomeOfRemote(done));
        if (job.isRunStopped()) {
          toDo.keySet().forEach(future -> future.cancel(true));
        }
      }
    }
  }
}
