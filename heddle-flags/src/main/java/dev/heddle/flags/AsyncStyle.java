package dev.heddle.flags;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.Permit;
import dev.heddle.asyncio.Semaphore;
import dev.heddle.asyncio.TaskGroup;
import dev.heddle.futures.Retry;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks for many flags at once, each in a coroutine, all on the calling thread. */
final class AsyncStyle implements DownloadStyle {

  @Override
  public int connections(int flags, DownloadOptions options) {
    return Math.min(flags, options.maxConnections());
  }

  @Override
  public void run(List<FlagJob> jobs, int connections, Retry retry, Consumer<FlagOutcome> arrived) {
    EventLoop.run(a -> {
      Semaphore limit = new Semaphore(connections);
      TaskGroup group = TaskGroup.create();
      return a.await(group.run(_ -> {
        for (FlagJob job : jobs) {
          group.createTask(download(job, limit, retry, arrived));
        }
        return jobs.size();
      }));
    });
  }

  private static Async<@Nullable Void> download(
      FlagJob job, Semaphore limit, Retry retry, Consumer<FlagOutcome> arrived) {
    return Async.action(a -> {
      FlagOutcome outcome;
      try (Permit _ = a.await(limit.acquire())) {
        outcome = a.await(job.onLoop(retry));
      }
      arrived.accept(outcome);
    });
  }
}
