package dev.heddle.cookbook;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.flags.FlagClient;
import dev.heddle.flags.ServerProfile;
import java.io.PrintStream;
import java.util.List;

/** Twenty flags at once, on one thread. */
final class E51FlagsAsync extends FlagsRecipe {
  E51FlagsAsync() {
    this(ServerProfile.of(ServerProfile.Label.DELAY));
  }

  E51FlagsAsync(ServerProfile site) {
    super(
        site,
        "Download flags by coroutines on one thread",
        """
            As fast as E50, and also in the order of the replies, but all code runs on one thread.
            The difference from E49 is an await for each reply.""");
  }

  @Override
  int downloadMany(FlagClient client, PrintStream out) {
    return EventLoop.run(a -> {
      List<Async<String>> downloads = codes().stream().map(code -> download(client, code, out)).toList();
      return a.await(Asyncio.gather(downloads)).size();
    });
  }

  private static Async<String> download(FlagClient client, String code, PrintStream out) {
    return Async.of(a -> {
      a.await(client.downloadAsync(code));
      out.print(code + " ");
      return code;
    });
  }
}
