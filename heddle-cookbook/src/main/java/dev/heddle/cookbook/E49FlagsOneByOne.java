package dev.heddle.cookbook;

import dev.heddle.flags.FlagClient;
import dev.heddle.flags.FlagException;
import dev.heddle.flags.ServerProfile;
import java.io.PrintStream;

/** Twenty flags, one after the other. */
final class E49FlagsOneByOne extends FlagsRecipe {
  E49FlagsOneByOne() {
    this(ServerProfile.of(ServerProfile.Label.DELAY));
  }

  E49FlagsOneByOne(ServerProfile site) {
    super(site, "Download flags one after the other",
        "Each flag is waited for before the next is asked for: the waits add up.");
  }

  @Override
  int downloadMany(FlagClient client, PrintStream out) throws FlagException, InterruptedException {
    for (String code : codes()) {
      downloadOne(client, code, out);
    }
    return codes().size();
  }
}
