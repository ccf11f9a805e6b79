package dev.heddle.cookbook;

import dev.heddle.flags.DownloadOptions;
import dev.heddle.flags.Site;
import dev.heddle.flags.Style;

/** Twenty flags at once on one thread. */
final class E51FlagsAsync extends FlagsByStyle {

  E51FlagsAsync() {
    this(Site.of(Site.Label.DELAY));
  }

  E51FlagsAsync(Site site) {
    super(
        site,
        Style.ASYNC,
        DownloadOptions.defaults(),
        "Download flags on an event loop",
        """
        The flags come in the order of the server's replies, as with threads; but all coroutines run on one thread, which
        goes on with whichever has its reply.""");
  }
}
