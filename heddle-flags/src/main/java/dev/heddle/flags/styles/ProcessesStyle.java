package dev.heddle.flags.styles;

import dev.heddle.flags.DownloadOptions;
import dev.heddle.flags.FlagOutcome;
import dev.heddle.flags.Style;
import dev.heddle.flags.client.RemoteDownload;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Futures;
import dev.heddle.futures.Retry;
import dev.heddle.process.ProcessOptions;
import dev.heddle.process.ProcessPool;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.TimelineRecorder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Downloads a few flags at once, each in a worker process; one worker per core.
 *
 * <p>Origin: {@code ProcessPoolExecutor} in place of {@code ThreadPoolExecutor} in "Fluent Python"; it does not help there
 * either, because the work is I/O.
 */
public final class ProcessesStyle implements StyleRunner {

  @Override
  public int connections(int flags, DownloadOptions options) {
    return Math.min(Math.min(flags, options.maxConnections()), Runtime.getRuntime().availableProcessors());
  }

  @Override
  public void run(List<FlagDownload> jobs, int connections, DownloadOptions options, Consumer<FlagOutcome> arrived) {
    TimelineRecorder timeline = options.timeline();
    if (timeline == null) {
      run(jobs, connections, ProcessOptions.defaults(), options.retry(), arrived);
      return;
    }
    TimelineRecorder own = new TimelineRecorder(timeline::now, TimelineRecorder.DEFAULT_LIMIT);
    try {
      run(jobs, connections, ProcessOptions.defaults().withTimeline(own), options.retry(), arrived);
    } finally { // the kind is the style, as in the other styles; a pool takes it from the name, which is the country's code
      own.timeline().spans().forEach(span -> timeline.add(
          new Span(span.lane(), span.name(), Style.PROCESSES.label(), span.start(), span.end(), span.ending())));
    }
  }

  private static void run(
      List<FlagDownload> jobs, int connections, ProcessOptions process, Retry retry, Consumer<FlagOutcome> arrived) {
    try (Executor pool = ProcessPool.of(connections, process)) {
      Map<Future<RemoteDownload.Reply>, FlagDownload> toDo = new LinkedHashMap<>();
      for (FlagDownload job : jobs) {
        toDo.put(pool.submit(job.remoteOptions(retry), job.remote()), job);
      }
      for (Future<RemoteDownload.Reply> done : Futures.asCompleted(toDo.keySet())) {
        FlagDownload job = Objects.requireNonNull(toDo.get(done));
        arrived.accept(job.outcomeOfRemote(done));
        if (job.isRunStopped()) {
          toDo.keySet().forEach(future -> future.cancel(true));
        }
      }
    }
  }
}
