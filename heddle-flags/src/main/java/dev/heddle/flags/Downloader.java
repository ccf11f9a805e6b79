package dev.heddle.flags;

import dev.heddle.asyncio.LoopInterruptedException;
import dev.heddle.futures.WaitInterruptedException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Downloads the flags of many countries, in one style or another.
 *
 * <pre>{@code
 * try (FlagServer server = FlagServer.start(Site.of(Site.Label.DELAY));
 *     FlagFolder folder = FlagFolder.open(Path.of("downloaded"))) {
 *   Downloader downloader = new Downloader(server.base(), folder, DownloadOptions.defaults());
 *   DownloadReport report = downloader.run(Style.THREADS, Countries.POP20, flag -> System.out.println(flag.code()));
 * }
 * }</pre>
 *
 * <p><b>Thread-safe</b>, but one run at a time makes sense in a folder. {@link #run} blocks until everything is downloaded or
 * has failed; interrupting it ends it early, with a report of what was done until then.
 */
public final class Downloader {
  private final URI base;
  private final FlagFolder folder;
  private final DownloadOptions options;
  private final RunState.Sleeper sleeper;

  /**
   * A downloader.
   *
   * @param base the address under which the flags are; see {@link FlagServer#base}
   * @param folder where they go; the caller closes it
   */
  public Downloader(URI base, FlagFolder folder, DownloadOptions options) {
    this(base, folder, options, Thread::sleep);
  }

  Downloader(URI base, FlagFolder folder, DownloadOptions options, RunState.Sleeper sleeper) {
    this.base = Objects.requireNonNull(base, "base must not be null");
    this.folder = Objects.requireNonNull(folder, "folder must not be null");
    this.options = Objects.requireNonNull(options, "options must not be null");
    this.sleeper = sleeper;
  }

  /** How many flags a style would download at once. */
  public int connections(Style style, int flags) {
    return style.style().connections(flags, options);
  }

  /**
   * Downloads flags.
   *
   * <p>When it is interrupted it gives up what is under way, clears the interrupt status and returns a report that says so.
   *
   * @param codes two capital letters each; one that stands in it twice is downloaded once
   * @param arrived is told of each outcome as it comes, on the calling thread
   * @return what became of every one of them
   * @throws FlagException.Folder if the list of sums cannot be written in the end; trouble with single files is in the report
   */
  public DownloadReport run(Style style, Collection<String> codes, Consumer<? super FlagOutcome> arrived)
      throws FlagException.Folder {
    List<String> distinct = Countries.distinct(codes);
    RunState run = new RunState(distinct.size(), sleeper);
    int connections = Math.max(1, connections(style, distinct.size()));
    Map<String, FlagOutcome> outcomes = new LinkedHashMap<>();
    boolean interrupted = false;
    long start;
    Duration elapsed;
    List<FlagJob> jobs;
    try (FlagClient client = new FlagClient(base, folder, options.timeout(), options.fresh())) {
      jobs = distinct.stream().map(code -> new FlagJob(code, client, run)).toList();
      start = System.nanoTime();
      try {
        style.style().run(jobs, connections, options.retry(), outcome -> {
          outcomes.put(outcome.code(), outcome);
          arrived.accept(outcome);
        });
      } catch (WaitInterruptedException | LoopInterruptedException e) {
        interrupted = true;
        Thread.interrupted(); // what follows is to be done in full: the client's end, the list of sums, the report
      }
      elapsed = Duration.ofNanos(System.nanoTime() - start);
    }
    for (FlagJob job : jobs) {
      FlagOutcome last = job.outcomeNow();
      outcomes.putIfAbsent(last.code(), last);
    }
    FlagException.Folder trouble = run.trouble();
    if (trouble == null) {
      folder.save();
    }
    return new DownloadReport(
        style, connections, List.copyOf(outcomes.values()), elapsed, interrupted,
        trouble == null ? null : trouble.getMessage());
  }
}
