package dev.heddle.queue.run;

import dev.heddle.base.Check;
import dev.heddle.queue.OccupancyTimeline;
import dev.heddle.queue.PipelineProgress;
import dev.heddle.queue.PipelineReport;
import dev.heddle.queue.SlowestItem;
import dev.heddle.queue.StageActivity;
import dev.heddle.queue.StageReport;
import dev.heddle.queue.meter.DurationHistogram;
import dev.heddle.queue.meter.GcPauses;
import dev.heddle.queue.meter.WorkerMeter;
import dev.heddle.queue.meter.WorkerTrace;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.TimelineRecorder;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The thread that monitors a run: it samples what the workers do, keeps the deadlines, reports the progress and ends the
 * run.
 */
final class RunMonitor {
  private final PipelineExecution run;
  private final List<NodeRun> nodes;
  private final OccupancyRecorder recorder;
  private final ActivitySampler activities;
  private final GcPauses pauses = new GcPauses();
  private final ItemCount items;
  private final Thread thread;
  private final RunView view;
  private final long interval;
  private volatile long start;
  private TimelineRecorder.Registration running = () -> {}; // of the thread that starts the run, and then of this one

  RunMonitor(PipelineExecution run, List<NodeRun> nodes) {
    this.run = run;
    this.nodes = nodes;
    this.recorder = new OccupancyRecorder(nodes);
    this.activities = new ActivitySampler(nodes);
    this.items = new ItemCount(nodes, run.options().total());
    this.interval = Check.nanos(run.options().progressInterval());
    // a platform thread: when virtual threads occupy all processors, the samples must tell it
    this.thread = Thread.ofPlatform().daemon().name(run.name() + "-monitor").unstarted(this::watch);
    this.view = new RunView(run.name(), this);
  }

  void start() {
    start = System.nanoTime();
    recorder.start(start);
    activities.start(start);
    view.open();
    TimelineRecorder timeline = run.options().timeline();
    if (timeline != null) {
      running = timeline.register(this::runningItems); // before a worker can run, or its first item would be missing
    }
    try {
      thread.start();
    } catch (Throwable e) { // the system may have no more threads
      close();
      throw e;
    }
  }

  private void close() {
    running.close();
    view.close();
  }

  void wake() {
    LockSupport.unpark(thread);
  }

  long elapsed() {
    return System.nanoTime() - start;
  }

  void join() throws InterruptedException {
    if (Thread.currentThread() != thread) {
      thread.join();
    }
  }

  private void watch() {
    try {
      watchOver();
    } catch (Throwable e) {
      run.broken(e); // or threads that wait for the report would wait for ever
    } finally {
      close();
    }
  }

  private void watchOver() {
    long tell = interval;
    while (!run.isOver()) {
      long now = System.nanoTime();
      if (!run.keepDeadlines(now)) {
        break;
      }
      pauses.lookIfDue(now - start);
      long sampleIn = Math.min(recorder.sampleIfDue(now), activities.sampleIfDue(now));
      if (now - start >= tell) {
        reportProgress(false);
        tell = now - start + interval;
      }
      long tellIn = run.options().progress() == null ? Long.MAX_VALUE : start + tell - now;
      LockSupport.parkNanos(run, Math.max(1, Math.min(Math.min(sampleIn, tellIn), run.untilDeadline(now))));
    }
    long now = System.nanoTime();
    OccupancyTimeline timeline = recorder.finish(now);
    reportProgress(true);
    List<StageReport> stages = nodes.stream().map(node -> report(node, activities.of(node), now)).toList();
    run.finish(Duration.ofNanos(now - start), Duration.ofNanos(pauses.nanos()), stages, timeline);
  }

  /** Returns what the workers are working on; called by any thread. */
  private List<Span> runningItems() {
    return nodes.stream().flatMap(node -> node.meters().stream()).map(WorkerMeter::trace).filter(Objects::nonNull)
        .map(WorkerTrace::running).filter(Objects::nonNull).toList();
  }

  private void reportProgress(boolean last) {
    var listener = run.options().progress();
    if (listener != null) {
      try {
        listener.accept(progress(last));
      } catch (Throwable e) {
        run.log("the progress listener of pipeline '" + run.name() + "'", e);
      }
    }
  }

  PipelineProgress progress() {
    return progress(run.isOver());
  }

  private PipelineProgress progress(boolean last) {
    List<PipelineProgress.Stage> stages = nodes.stream().map(RunMonitor::progress).toList();
    return new PipelineProgress(Duration.ofNanos(elapsed()), items.total(), items.done(stages), stages, last);
  }

  /** Returns what the report would be if the run ended now, without its timeline and percentiles; for any thread. */
  PipelineReport soFar() {
    long now = System.nanoTime();
    List<StageReport> stages = nodes.stream().map(node -> report(node, activities.of(node), now)).toList();
    return new PipelineReport(
        run.name(), PipelineReport.Completion.COMPLETED, Duration.ofNanos(now - start), Duration.ofNanos(pauses.nanos()),
        stages,
        List.of(), 0, new OccupancyTimeline(List.of(), List.of()));
  }

  private static PipelineProgress.Stage progress(NodeRun node) {
    List<WorkerMeter> meters = node.meters();
    return new PipelineProgress.Stage(
        node.name,
        node.waiting(),
        meters.size(),
        (int) meters.stream().filter(WorkerMeter::isBusy).count(),
        meters.stream().mapToLong(WorkerMeter::items).sum(),
        meters.stream().mapToLong(WorkerMeter::emitted).sum(),
        meters.stream().mapToLong(WorkerMeter::failures).sum());
  }

  private static StageReport report(NodeRun node, StageActivity activity, long now) {
    List<WorkerMeter> meters = node.meters();
    DurationHistogram times = new DurationHistogram();
    if (node.isEnded()) {
      meters.forEach(meter -> times.addAll(meter.times()));
    }
    return new StageReport(
        node.name,
        meters.size(),
        meters.stream().mapToLong(WorkerMeter::items).sum(),
        meters.stream().mapToLong(WorkerMeter::emitted).sum(),
        meters.stream().mapToLong(WorkerMeter::failures).sum(),
        sum(meters, WorkerMeter.GETTING, now),
        sum(meters, WorkerMeter.BUSY, now),
        sum(meters, WorkerMeter.PUTTING, now).plus(sum(meters, WorkerMeter.ORDERING, now)),
        sum(meters, WorkerMeter.ORDERING, now),
        sum(meters, WorkerMeter.ENDED, now),
        Duration.ofNanos(times.percentile(0.5)),
        Duration.ofNanos(times.percentile(0.9)),
        Duration.ofNanos(times.percentile(0.99)),
        slowest(meters),
        activity);
  }

  private static @Nullable SlowestItem slowest(List<WorkerMeter> meters) {
    return meters.stream()
        .map(WorkerMeter::slowest)
        .filter(Objects::nonNull)
        .max(Comparator.comparing(SlowestItem::time))
        .orElse(null);
  }

  private static Duration sum(List<WorkerMeter> meters, int state, long now) {
    return Duration.ofNanos(meters.stream().mapToLong(meter -> meter.nanos(state, now)).sum());
  }
}
