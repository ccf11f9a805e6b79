package dev.heddle.flags;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.Permit;
import dev.heddle.asyncio.Semaphore;
import dev.heddle.futures.Retry;
import java.time.Duration;
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
      Semaphore free = new Semaphore(connections);
      a.await(Asyncio.gather(jobs.stream().map(job -> download(job, free, retry, arrived)).toList()));
      return null;
    });
  }

  private static Async<@Nullable Void> download(
      FlagJob job, Semaphore free, Retry retry, Consumer<FlagOutcome> arrived) {
    return Async.of(a -> {
      try (Permit _ = a.await(free.acquire())) {
        while (true) {
          Duration pause;
          try {
            arrived.accept(a.await(job.callAsync()));
            return null;
          } catch (FlagException failure) {
            pause = job.pauseAfter(failure, retry);
            if (pause == null) {
              arrived.accept(job.failed(failure));
              return null;
            }
          }
          a.await(Asyncio.sleep(pause));
        }
      }
    });
  }
}
