package dev.heddle.flags;

import dev.heddle.asyncio.LoopInterruptedException;
import dev.heddle.futures.Retry;
import dev.heddle.futures.WaitInterruptedException;
import java.util.List;
import java.util.function.Consumer;

/** A way to run many downloads. */
interface DownloadStyle {

  /** How many of a number of flags it downloads at once. */
  int connections(int flags, DownloadOptions options);

  /**
   * Runs all jobs, and returns when the last has ended.
   *
   * @param connections how many to run at once at the most
   * @param arrived is told of each outcome as it comes, on the calling thread
   * @throws WaitInterruptedException if the calling thread is interrupted; no job runs any more then
   * @throws LoopInterruptedException the same, from styles that run an event loop
   */
  void run(List<FlagJob> jobs, int connections, Retry retry, Consumer<FlagOutcome> arrived);
}
