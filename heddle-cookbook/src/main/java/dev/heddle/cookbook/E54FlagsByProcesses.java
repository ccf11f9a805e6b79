package dev.heddle.cookbook;

import dev.heddle.flags.DownloadOptions;
import dev.heddle.flags.Site;
import dev.heddle.flags.Style;

/** Twenty flags by worker processes: it works, and is of no use. */
final class E54FlagsByProcesses extends FlagsByStyle {

  E54FlagsByProcesses() {
    this(Site.of(Site.Label.DELAY));
  }

  E54FlagsByProcesses(Site site) {
    super(
        site,
        Style.PROCESSES,
        DownloadOptions.defaults(),
        "Download flags on a pool of processes",
        """
        It works, and is no help: what waits for a server needs no core of its own, and a process costs more than a thread.
        One for each core downloads fewer at once than twenty threads would (E50).""");
  }
}
