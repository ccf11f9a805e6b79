package dev.heddle.cookbook;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.AsyncIterator;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.Task;
import dev.heddle.flags.FlagClient;
import dev.heddle.flags.ServerProfile;
import java.io.PrintStream;
import java.util.List;

/** Coroutines whose results are taken in the order of completion. */
final class B33AsCompletedCoroutines extends FlagsRecipe {
  B33AsCompletedCoroutines() {
    this(ServerProfile.of(ServerProfile.Label.DELAY));
  }

  B33AsCompletedCoroutines(ServerProfile site) {
    super(
        site,
        "Coroutines as they complete",
        """
            asCompleted starts all six, and yields each task when it has ended, in the order of the replies.
            Together they take as long as the slowest, as in B32.""");
  }

  @Override
  int downloadMany(FlagClient client, PrintStream out) {
    return EventLoop.run(a -> {
      List<Async<String>> downloads = codes().subList(0, 6).stream().map(code -> download(client, code)).toList();
      AsyncIterator<Task<String>> done = Asyncio.asCompleted(downloads);
      int count = 0;
      while (a.await(done.hasNext())) {
        out.print(done.next().result() + " ");
        count++;
      }
      return count;
    });
  }

  private static Async<String> download(FlagClient client, String code) {
    return Async.of(a -> {
      a.await(Asyncio.toThread(() -> client.download(code)));
      return code;
    });
  }
}
