package dev.heddle.queue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a pipeline has done, and which stage holds the others up.
 *
 * @param name the pipeline's
 * @param outcome how it ended
 * @param elapsed from its start to its end
 * @param stages from the source to the sink
 * @param failures the failed items, as many as {@link FailurePolicy#keep} says
 * @param undelivered how many items came in and did not come out, since it was stopped
 * @param timeline what the stages did in the course of time
 */
public record PipelineReport(
    String name,
    Outcome outcome,
    Duration elapsed,
    List<StageReport> stages,
    List<FailedItem> failures,
    long undelivered,
    OccupancyTimeline timeline) {

  /** How a pipeline ended. */
  public enum Outcome {
    /** The source ran dry, and everything came through. */
    COMPLETED,
    /** It was stopped, or whoever took its results wanted no more. */
    STOPPED,
    /** It was cancelled. */
    CANCELLED,
    /** It failed. */
    FAILED
  }

  /** Copies the lists. */
  public PipelineReport {
    stages = List.copyOf(stages);
    failures = List.copyOf(failures);
  }

  /** How many items failed, also those that {@link #failures} does not list. */
  public long failed() {
    return stages.stream().mapToLong(StageReport::failed).sum();
  }

  /** The report of a stage; empty if there is none of that name. */
  public Optional<StageReport> stage(String name) {
    return stages.stream().filter(stage -> stage.name().equals(name)).findFirst();
  }

  /** The stage that holds the others up: the one whose workers were busy most. Empty if none was for half the time. */
  public Optional<StageReport> bottleneck() {
    return Bottleneck.of(stages);
  }

  /** A sentence that names the stage that holds the others up, says why, and what would help. */
  public String verdict() {
    return Bottleneck.verdict(this);
  }

  /** The report as an HTML page that needs no other file: the table, the verdict and the timeline. */
  public String toHtml() {
    return ReportHtml.page(this);
  }

  /** The timeline as an SVG picture: for each stage how busy it was. */
  public String toSvg() {
    return ReportSvg.picture(this);
  }

  /** The report as a table, with the verdict below. */
  @Override
  public String toString() {
    return ReportText.of(this);
  }
}
