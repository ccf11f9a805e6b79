package dev.heddle.flags;

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
 * Asks for a few flags at once, each in a worker process: one for each core, for more would be for nothing but waiting.
 *
 * <p>Origin: {@code ProcessPoolExecutor} in place of {@code ThreadPoolExecutor} in "Fluent Python", which is as little help.
 */
final class ProcessesStyle implements DownloadStyle {

  @Override
  public int connections(int flags, DownloadOptions options) {
    return Math.min(Math.min(flags, options.maxConnections()), Runtime.getRuntime().availableProcessors());
  }

  @Override
  public void run(List<FlagJob> jobs, int connections, Retry retry, Consumer<FlagOutcome> arrived) {
    try (Executor pool = ProcessPool.of(connections)) {
      Map<Future<RemoteFlag.Reply>, FlagJob> toDo = new LinkedHashMap<>();
      for (FlagJob job : jobs) {
        toDo.put(pool.submit(job.remoteOptions(retry), job.remote()), job);
      }
      for (Future<RemoteFlag.Reply> done : Futures.asCompleted(toDo.keySet())) {
        FlagJob job = Objects.requireNonNull(toDo.get(done));
        arrived.accept(job.outcomeOfRemote(done));
        if (job.isRunStopped()) {
          toDo.keySet().forEach(future -> future.cancel(true));
        }
      }
    }
  }
}
