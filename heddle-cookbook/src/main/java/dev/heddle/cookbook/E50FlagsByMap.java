package dev.heddle.cookbook;

import dev.heddle.flags.FlagClient;
import dev.heddle.flags.ServerProfile;
import dev.heddle.futures.Executor;
import dev.heddle.futures.ThreadPool;
import java.io.PrintStream;

/** Twenty flags at once. */
final class E50FlagsByMap extends FlagsRecipe {
  private static final int MAX_WORKERS = 20;

  E50FlagsByMap() {
    this(ServerProfile.of(ServerProfile.Label.DELAY));
  }

  E50FlagsByMap(ServerProfile site) {
    super(
        site,
        "Download flags by map on a pool of threads",
        """
            The flags arrive in the order of the replies; together they take as long as the slowest.
            The difference from E49 is a map in place of the loop.""");
  }

  @Override
  int downloadMany(FlagClient client, PrintStream out) {
    try (Executor executor = ThreadPool.virtual(MAX_WORKERS)) {
      return executor.map(code -> downloadOne(client, code, out), codes()).toList().size();
    }
  }
}
