package dev.heddle.queue.run;

import dev.heddle.base.Check;
import dev.heddle.futures.live.LiveObject;
import dev.heddle.futures.live.LiveObjects;
import dev.heddle.futures.live.LiveRow;
import dev.heddle.futures.live.LiveRows;
import dev.heddle.queue.PipelineProgress;
import dev.heddle.queue.PipelineReport;
import dev.heddle.queue.StageReport;
import org.jspecify.annotations.Nullable;

/** A run as it is seen from outside: its progress, what limits it so far, and its stages. */
final class RunView implements LiveObject {
  private final String name;
  private final RunMonitor monitor;
  private LiveObjects.@Nullable Registration registration; // of the thread that starts the run, and then of its monitor

  RunView(String name, RunMonitor monitor) {
    this.name = name;
    this.monitor = monitor;
  }

  /** The run begins; called once the monitor has its start, and before its thread runs. */
  void open() {
    registration = LiveObjects.add(this);
  }

  /** The run has ended; called by its monitor. */
  void close() {
    if (registration != null) {
      registration.close();
    }
  }

  @Override
  public void describe(LiveRows rows, String id) {
    PipelineReport report = monitor.soFar();
    PipelineProgress progress = monitor.progress();
    LiveRow row = rows.add("pipeline", id, "", name)
        .state("running")
        .age(Check.nanos(progress.elapsed()))
        .text(report.verdict())
        .figure("done", progress.done())
        .figure("failed", report.failed());
    progress.total().ifPresent(total -> row.figure("total", total));
    progress.remaining().ifPresent(left -> row.figure("left", left.toMillis()));
    for (int i = 0; i < report.stages().size(); i++) {
      StageReport sinceStart = report.stages().get(i);
      stage(rows.add("stage", id + "/s" + i, id, sinceStart.name()), progress.stages().get(i), sinceStart);
    }
  }

  private static void stage(LiveRow row, PipelineProgress.Stage now, StageReport sinceStart) {
    row.figure("workers", now.workers())
        .figure("busy", now.busy())
        .figure("waiting", now.waiting())
        .figure("in", now.in())
        .figure("out", now.out())
        .figure("failed", now.failed())
        .figure("occupancy", Math.round(100 * sinceStart.occupancy()));
  }
}
