package dev.heddle.queue;

import dev.heddle.base.Check;
import dev.heddle.queue.report.Bottleneck;
import dev.heddle.queue.report.ReportHtml;
import dev.heddle.queue.report.ReportSvg;
import dev.heddle.queue.report.ReportText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The report of a run: what each stage did, and which one limits the throughput.
 *
 * @param name the pipeline's name
 * @param outcome how it ended
 * @param elapsed the time from its start to its end
 * @param gcPauses how long garbage collections paused the whole program meanwhile; 0 if it took less than 10 ms. Collectors
 *     that run beside the program, such as ZGC, pause it hardly, and what they cost is not in it
 * @param stages from the source to the sink
 * @param failures the failed items, as many as {@link FailurePolicy#keep} says
 * @param undelivered how many items came in and did not come out because it was stopped
 * @param timeline what the stages did over time
 */
public record PipelineReport(
    String name,
    Completion outcome,
    Duration elapsed,
    Duration gcPauses,
    List<StageReport> stages,
    List<FailedItem> failures,
    long undelivered,
    OccupancyTimeline timeline) {

  /** The way in which a pipeline ended. */
  public enum Completion {
    /** The source was exhausted, and all items were processed. */
    COMPLETED,
    /** The pipeline was stopped, or the consumer of its results wanted no more. */
    STOPPED,
    /** The pipeline was cancelled. */
    CANCELLED,
    /** The pipeline failed. */
    FAILED
  }

  /** Copies the lists. */
  public PipelineReport {
    stages = List.copyOf(stages);
    failures = List.copyOf(failures);
  }

  /** Returns the number of failed items, including those that {@link #failures} does not list. */
  public long failed() {
    return stages.stream().mapToLong(StageReport::failed).sum();
  }

  /** Returns the share of the time in which garbage collections paused the program, from 0 to 1. */
  public double gcShare() {
    return Math.min(1, Check.nanos(gcPauses) / Math.max(1.0, (double) Check.nanos(elapsed)));
  }

  /** Returns the report of a stage; empty if there is none of that name. */
  public Optional<StageReport> stage(String name) {
    return stages.stream().filter(stage -> stage.name().equals(name)).findFirst();
  }

  /**
   * Returns the stage that limits the throughput: the one whose workers were busy most, or whose one item took most of the
   * run. Empty if none was busy half the time, and if garbage collection is the cause.
   */
  public Optional<StageReport> bottleneck() {
    return Bottleneck.of(this);
  }

  /** Returns sentences that name the stage which limits the throughput, the evidence, and the remedy. */
  public String verdict() {
    return Bottleneck.verdict(this);
  }

  /** Returns the report as a self-contained HTML page: the table, the verdict and the timeline. */
  public String toHtml() {
    return ReportHtml.page(this);
  }

  /** Returns the timeline as an SVG image: the occupancy of each stage over time. */
  public String toSvg() {
    return ReportSvg.picture(this);
  }

  /** Returns the report as a table, with the verdict below. */
  @Override
  public String toString() {
    return ReportText.of(this);
  }
}
