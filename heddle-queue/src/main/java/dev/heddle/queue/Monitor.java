package dev.heddle.queue;

import dev.heddle.base.Check;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that watches a run: it samples what the workers do, keeps the deadlines, tells of progress and ends the run.
 */
final class Monitor {
  private final Run run;
  private final List<NodeRun> nodes;
  private final OccupancyTimeline.Recorder recorder;
  private final Thread thread;
  private final long interval;
  private volatile long start;

  Monitor(Run run, List<NodeRun> nodes) {
    this.run = run;
    this.nodes = nodes;
    this.recorder = new OccupancyTimeline.Recorder(nodes);
    this.interval = Check.nanos(run.options().progressInterval());
    this.thread = Thread.ofVirtual().name(run.name() + "-monitor").unstarted(this::watch);
  }

  void start() {
    start = System.nanoTime();
    recorder.start(start);
    thread.start();
  }

  void wake() {
    LockSupport.unpark(thread);
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
      run.broken(e); // else those who wait for the report would wait for ever
    }
  }

  private void watchOver() {
    long tell = interval;
    while (!run.isOver()) {
      long now = System.nanoTime();
      if (!run.keepDeadlines(now)) {
        break;
      }
      long sampleIn = recorder.sampleIfDue(now);
      if (now - start >= tell) {
        tellProgress();
        tell = now - start + interval;
      }
      long tellIn = run.options().progress() == null ? Long.MAX_VALUE : start + tell - now;
      run.park(Math.max(1, Math.min(Math.min(sampleIn, tellIn), run.untilDeadline(now))));
    }
    long now = System.nanoTime();
    OccupancyTimeline timeline = recorder.finish(now);
    tellProgress();
    List<StageReport> stages = nodes.stream().map(node -> StageReport.of(node, now)).toList();
    run.finish(Duration.ofNanos(now - start), stages, timeline);
  }

  private void tellProgress() {
    var listener = run.options().progress();
    if (listener != null) {
      try {
        listener.accept(progress());
      } catch (Throwable e) {
        run.log("the progress listener of pipeline '" + run.name() + "'", e);
      }
    }
  }

  PipelineProgress progress() {
    return new PipelineProgress(
        Duration.ofNanos(System.nanoTime() - start), nodes.stream().map(Monitor::progress).toList());
  }

  private static PipelineProgress.Stage progress(NodeRun node) {
    List<Meter> meters = node.meters();
    return new PipelineProgress.Stage(
        node.name,
        node.waiting(),
        meters.size(),
        (int) meters.stream().filter(Meter::isBusy).count(),
        meters.stream().mapToLong(Meter::items).sum(),
        meters.stream().mapToLong(Meter::emitted).sum(),
        meters.stream().mapToLong(Meter::failures).sum());
  }
}
