package dev.heddle.cookbook;

import dev.heddle.flags.FlagClient;
import dev.heddle.flags.Site;
import dev.heddle.futures.Executor;
import dev.heddle.futures.ThreadPool;
import java.io.PrintStream;

/** Twenty flags at once. */
final class E50FlagsByMap extends FlagsRecipe {
  private static final int MAX_WORKERS = 20;

  E50FlagsByMap() {
    this(Site.of(Site.Label.DELAY));
  }

  E50FlagsByMap(Site site) {
    super(
        site,
        "Download flags by map on a pool of threads",
        """
            The flags come in the order of the server's replies; all of them take as long as the slowest.
            What changed against E49 is the loop, which became a map.""");
  }

  @Override
  int downloadMany(FlagClient client, PrintStream out) {
    try (Executor executor = ThreadPool.virtual(MAX_WORKERS)) {
      return executor.map(code -> downloadOne(client, code, out), codes()).toList().size();
    }
  }
}
