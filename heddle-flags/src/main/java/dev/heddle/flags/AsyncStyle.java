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
      var outcomes = Asyncio.asCompleted(jobs.stream().map(job -> download(job, free, retry)).toList());
      while (a.await(outcomes.hasNext())) {
        arrived.accept(outcomes.next().result());
      }
      return null;
    });
  }

  private static Async<FlagOutcome> download(FlagJob job, Semaphore free, Retry retry) {
    return Async.of(a -> {
      try (Permit _ = a.await(free.acquire())) {
        while (true) {
          Duration pause;
          try {
            return a.await(job.callAsync());
          } catch (FlagException failure) {
            pause = job.pauseAfter(failure, retry);
            if (pause == null) {
              return job.failed(failure);
            }
          }
          a.await(Asyncio.sleep(pause));
        }
      }
    });
  }
}
