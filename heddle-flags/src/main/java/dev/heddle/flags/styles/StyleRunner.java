package dev.heddle.flags.styles;

import dev.heddle.asyncio.LoopInterruptedException;
import dev.heddle.flags.DownloadOptions;
import dev.heddle.flags.FlagOutcome;
import dev.heddle.futures.WaitInterruptedException;
import java.util.List;
import java.util.function.Consumer;

/** A strategy that runs many downloads. */
public interface StyleRunner {

  /** The number of flags that it downloads at once, for a total number of flags. */
  int connections(int flags, DownloadOptions options);

  /**
   * Runs all downloads and returns when the last has ended.
   *
   * @param connections the maximum number of downloads at once
   * @param arrived called with each outcome as it arrives, on the calling thread
   * @throws WaitInterruptedException if the calling thread is interrupted; all downloads have ended then
   * @throws LoopInterruptedException the same, from styles that run an event loop
   */
  void run(List<FlagDownload> jobs, int connections, DownloadOptions options, Consumer<FlagOutcome> arrived);
}
