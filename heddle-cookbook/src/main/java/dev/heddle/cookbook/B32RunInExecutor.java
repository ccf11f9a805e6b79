package dev.heddle.cookbook;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.flags.FlagClient;
import dev.heddle.flags.ServerProfile;
import dev.heddle.futures.Executor;
import dev.heddle.futures.ThreadPool;
import java.io.PrintStream;
import java.util.List;

/** Coroutines that run their blocking calls in an executor. */
final class B32RunInExecutor extends FlagsRecipe {
  B32RunInExecutor() {
    this(ServerProfile.of(ServerProfile.Label.DELAY));
  }

  B32RunInExecutor(ServerProfile site) {
    super(
        site,
        "Blocking calls of coroutines, in an executor",
        """
            The same six downloads as in B31, but each blocking call runs on an executor, which the coroutine awaits.
            Together they take as long as the slowest, and complete in the order of the replies.""");
  }

  @Override
  int downloadMany(FlagClient client, PrintStream out) {
    try (Executor pool = ThreadPool.virtual()) {
      return EventLoop.run(a -> {
        List<Async<String>> downloads = codes().subList(0, 6).stream().map(code -> download(pool, client, code, out))
            .toList();
        return a.await(Asyncio.gather(downloads)).size();
      });
    }
  }

  private static Async<String> download(Executor pool, FlagClient client, String code, PrintStream out) {
    return Async.of(a -> a.await(Asyncio.runInExecutor(pool, () -> downloadOne(client, code, out))));
  }
}
