package dev.heddle.flags;

import dev.heddle.asyncio.LoopInterruptedException;
import dev.heddle.flags.client.FlagTransfer;
import dev.heddle.flags.styles.DownloadRun;
import dev.heddle.flags.styles.DownloadTrace;
import dev.heddle.flags.styles.FlagDownload;
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
 * Downloads the flags of many countries in a chosen {@link Style}.
 *
 * <pre>{@code
 * try (FlagServer server = FlagServer.start(ServerProfile.of(ServerProfile.Label.DELAY));
 *     FlagFolder folder = FlagFolder.open(Path.of("downloaded"))) {
 *   Downloader downloader = new Downloader(server.base(), folder, DownloadOptions.defaults());
 *   DownloadReport report = downloader.run(StyleRunner.THREADS, Countries.POP20, flag -> System.out.println(flag.code()));
 * }
 * }</pre>
 *
 * <p><b>Thread-safe</b>, but only one run at a time makes sense in a folder. {@link #run} blocks until all flags are
 * downloaded or have failed; an interrupt ends it early, with a report of the outcomes until then.
 */
public final class Downloader {
  private final URI base;
  private final FlagFolder folder;
  private final DownloadOptions options;
  private final DownloadRun.Sleeper sleeper;

  /**
   * Creates a downloader.
   *
   * @param base the base address of the flags; see {@link FlagServer#base}
   * @param folder the folder to download to; the caller closes it
   */
  public Downloader(URI base, FlagFolder folder, DownloadOptions options) {
    this(base, folder, options, Thread::sleep);
  }

  Downloader(URI base, FlagFolder folder, DownloadOptions options, DownloadRun.Sleeper sleeper) {
    this.base = Objects.requireNonNull(base, "base must not be null");
    this.folder = Objects.requireNonNull(folder, "folder must not be null");
    this.options = Objects.requireNonNull(options, "options must not be null");
    this.sleeper = sleeper;
  }

  /** Returns the number of flags that a style downloads at once. */
  public int connections(Style style, int flags) {
    return style.runner().connections(flags, options);
  }

  /**
   * Downloads flags.
   *
   * <p>An interrupt cancels the requests in progress; the interrupt status is cleared, and the report says so.
   *
   * @param codes two capital letters each; duplicates are ignored
   * @param arrived called with each outcome as it arrives, on the calling thread
   * @return the outcomes of all flags
   * @throws FlagException.Folder if the manifest cannot be written; failures of single files are in the report
   */
  public DownloadReport run(Style style, Collection<String> codes, Consumer<? super FlagOutcome> arrived)
      throws FlagException.Folder {
    List<String> distinct = Countries.distinct(codes);
    DownloadRun run = new DownloadRun(
        distinct.size(), sleeper, new DownloadTrace(options.timeline(), style.label()), options.limitFor(base.getHost()));
    int connections = Math.max(1, connections(style, distinct.size()));
    Map<String, FlagOutcome> outcomes = new LinkedHashMap<>();
    boolean interrupted = false;
    long start;
    Duration elapsed;
    List<FlagDownload> jobs;
    try (FlagTransfer client = new FlagTransfer(
        base, folder.store(), options.timeout(), options.fresh(), options.limits())) {
      jobs = distinct.stream().map(code -> new FlagDownload(code, client, run)).toList();
      start = System.nanoTime();
      try {
        style.runner().run(jobs, connections, options, outcome -> {
          outcomes.put(outcome.code(), outcome);
          arrived.accept(outcome);
        });
      } catch (WaitInterruptedException | LoopInterruptedException e) {
        interrupted = true;
        Thread.interrupted(); // cleared, so that closing the client and writing the manifest complete
      }
      elapsed = Duration.ofNanos(System.nanoTime() - start);
    }
    for (FlagDownload job : jobs) {
      FlagOutcome last = job.outcomeNow();
      outcomes.putIfAbsent(last.code(), last);
    }
    FlagException.Folder failure = run.failure();
    if (failure == null) {
      folder.store().save();
    }
    return new DownloadReport(
        style, connections, List.copyOf(outcomes.values()), elapsed, interrupted,
        failure == null ? null : failure.getMessage());
  }
}
