package dev.heddle.flags.styles;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.Semaphore;
import dev.heddle.asyncio.TaskGroup;
import dev.heddle.flags.DownloadOptions;
import dev.heddle.flags.FlagOutcome;
import dev.heddle.futures.Permit;
import dev.heddle.futures.Retry;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Downloads many flags at once, each in a coroutine, all on the calling thread. */
public final class AsyncStyle implements StyleRunner {

  @Override
  public int connections(int flags, DownloadOptions options) {
    return Math.min(flags, options.maxConnections());
  }

  @Override
  public void run(List<FlagDownload> jobs, int connections, DownloadOptions options, Consumer<FlagOutcome> arrived) {
    EventLoop.run(a -> {
      Semaphore limit = new Semaphore(connections);
      TaskGroup group = TaskGroup.create();
      return a.await(group.run(_ -> {
        for (FlagDownload job : jobs) {
          group.createTask(download(job, limit, options.retry(), arrived));
        }
        return jobs.size();
      }));
    });
  }

  private static Async<@Nullable Void> download(
      FlagDownload job, Semaphore limit, Retry retry, Consumer<FlagOutcome> arrived) {
    return Async.action(a -> {
      FlagOutcome outcome;
      try (Permit _ = a.await(limit.acquire())) {
        outcome = a.await(job.onLoop(retry));
      }
      arrived.accept(outcome);
    });
  }
}
