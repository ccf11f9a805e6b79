package dev.heddle.queue.report;

import dev.heddle.base.Check;
import dev.heddle.base.Describe;
import dev.heddle.queue.PipelineReport;
import dev.heddle.queue.SlowestItem;
import dev.heddle.queue.StageReport;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One item that took at least half of the run and far longer than the others of its stage: the run cannot be shorter than
 * it, however many workers there are.
 */
record Straggler(StageReport stage, SlowestItem item, double share) {
  private static final double LEAST = 0.5;
  private static final double FAR = 4; // times the time that half of the items took at most
  private static final double LATE = 0.9; // a smaller share: the run had begun long before the item, or ended long after it

  /** Returns the straggler that limits a run; empty if there is none, or if another stage was busy for a larger share. */
  static Optional<Straggler> of(PipelineReport report) {
    double elapsed = Math.max(1.0, (double) Check.nanos(report.elapsed()));
    return report.stages().stream()
        .flatMap(stage -> Optional.ofNullable(stage.slowest()).stream()
            .map(item -> new Straggler(stage, item, Math.min(1, Check.nanos(item.time()) / elapsed))))
        .filter(each -> each.isFarAbove() && each.share >= LEAST)
        .max(Comparator.comparingDouble(Straggler::share))
        .filter(each -> each.limits(report.stages()));
  }

  private boolean isFarAbove() {
    return Check.nanos(item.time()) >= FAR * Check.nanos(stage.p50());
  }

  /** Whether no stage has other work that would take as long, spread over its workers. */
  private boolean limits(List<StageReport> stages) {
    return stages.stream().allMatch(each -> each.occupancy() - (each == stage ? share / stage.workers() : 0) <= share);
  }

  String verdict(boolean isSource) {
    return "The bottleneck is one item of " + (isSource ? "the source" : "stage '" + stage.name() + "'")
        + ": the one at index "
        + item.index() + (item.text().isEmpty() ? "" : " (" + item.text() + ")") + " took "
        + Describe.measured(item.time()) + ", " + Describe.percent(share) + " of the run, while half of the items took "
        + Describe.measured(stage.p50()) + " at most. " + advice(isSource);
  }

  private String advice(boolean isSource) {
    if (mostly(stage.activity().queued())) {
      return "It was waiting for a worker of the stage's executor for most of that: a larger executor, or one without other work,"
          + " would help; less work for the item would not.";
    } else if (mostly(stage.activity().locked())) {
      return "It was waiting for a lock or a permit for most of that: holding it for less time elsewhere, or more permits, would"
          + " help; less work for the item would not.";
    } else if (mostly(stage.activity().waiting())) {
      return "It was waiting for other threads for most of that: at a queue, a condition or a future. What it waited for would have"
          + " to come sooner; less work for the item would not help.";
    } else if (isSource) {
      return "A source that hands it out sooner would help; faster stages would not.";
    }
    return "Less work for it, or splitting it, would help most"
        + (share < LATE && item.index() > 0 ? ", then starting it earlier" : "")
        + "; more workers, larger queues and another order would not.";
  }

  /**
   * Whether the item spent most of its time in what so many workers did on average: had it done something else, more workers
   * would have been busy besides.
   */
  private boolean mostly(double workers) {
    double busy = stage.occupancy() * stage.workers();
    return stage.activity().samples() >= Bottleneck.FEWEST_SAMPLES && workers >= share / 2 && busy - workers < share / 2;
  }
}
