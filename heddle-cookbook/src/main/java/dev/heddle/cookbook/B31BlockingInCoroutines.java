package dev.heddle.cookbook;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.flags.FlagClient;
import dev.heddle.flags.ServerProfile;
import java.io.PrintStream;
import java.util.List;

/** Coroutines that call a blocking client directly. */
final class B31BlockingInCoroutines extends FlagsRecipe {
  B31BlockingInCoroutines() {
    this(ServerProfile.of(ServerProfile.Label.DELAY));
  }

  B31BlockingInCoroutines(ServerProfile site) {
    super(
        site,
        "Coroutines that block the event loop",
        """
            Six coroutines are started at once, but each call blocks the only thread of the loop: they run one at a time,
            in the order of the requests, and their times add up. Compare B32.""");
  }

  @Override
  int downloadMany(FlagClient client, PrintStream out) {
    return EventLoop.run(a -> {
      List<Async<String>> downloads = codes().subList(0, 6).stream().map(code -> download(client, code, out)).toList();
      return a.await(Asyncio.gather(downloads)).size();
    });
  }

  private static Async<String> download(FlagClient client, String code, PrintStream out) {
    return Async.of(_ -> downloadOne(client, code, out)); // without an await, no other coroutine runs meanwhile
  }
}
