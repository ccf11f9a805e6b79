package dev.heddle.queue;

import dev.heddle.base.Check;
import dev.heddle.timeline.TimelineRecorder;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Options of a pipeline's run. Immutable.
 *
 * @param name the name of its threads and of its report
 * @param failures how many failed items of each stage are tolerated before the pipeline fails
 * @param drainTimeout how long the items under way may take to be processed after the source was stopped or a stage has
 *     failed; then the pipeline is aborted
 * @param abortTimeout how long interrupted workers may take to end; then they are abandoned and named in an error. A source
 *     that ignores its interrupt is abandoned with a warning: after the other workers have ended, a tenth of a second later
 *     if the run was stopped or has failed, else about two seconds later
 * @param undelivered receives each item that came in and did not come out because the pipeline was stopped, with the name
 *     of the stage that it was in or waited for; never called by two threads at once, nor interrupted by the pipeline. It
 *     is called by any of the run's threads, also the one that keeps the deadlines, so it must be quick and must not wait
 *     for the run
 * @param failed receives each failed item, tolerated or not; never called by two threads at once, nor together with {@code
 *     undelivered}, nor interrupted by the pipeline. It must be quick and must not wait for the run; null means none
 * @param report receives the report at the end of each run, however it was started: it is the only way to get it with {@link
 *     Pipeline#iterate}, {@link Pipeline#stream} and {@link Pipeline#publisher}; null means none
 * @param progress receives the progress of the stages; null means none
 * @param progressInterval the time between two reports of progress, longer than zero
 * @param total how many items the sources will hand out, for the progress; empty means that it is known for collections only
 * @param timeline records which item each worker worked on when, a lane for each worker; null records nothing
 */
public record PipelineOptions(
    String name,
    FailurePolicy failures,
    Duration drainTimeout,
    Duration abortTimeout,
    BiConsumer<? super String, Object> undelivered,
    @Nullable Consumer<? super FailedItem> failed,
    @Nullable Consumer<? super PipelineReport> report,
    @Nullable Consumer<? super PipelineProgress> progress,
    Duration progressInterval,
    OptionalLong total,
    @Nullable TimelineRecorder timeline) {
  private static final PipelineOptions DEFAULTS = new PipelineOptions(
      "pipeline",
      FailurePolicy.failFast(),
      Duration.ofSeconds(30),
      Duration.ofSeconds(10),
      (stage, item) -> {},
      null,
      null,
      null,
      Duration.ofMillis(250),
      OptionalLong.empty(),
      null);

  /** Checks the values. */
  public PipelineOptions {
    Check.notBlank(name, "name", "it names the threads and the report");
    Check.notNull(failures, "failures");
    Check.notNegative(drainTimeout, "drainTimeout", "Duration.ZERO aborts at once");
    Check.positive(abortTimeout, "abortTimeout", "interrupted workers need a moment to end");
    Check.notNull(undelivered, "undelivered");
    Check.positive(progressInterval, "progressInterval", "one second is Duration.ofSeconds(1)");
  }

  /** Returns the defaults: fail fast; 30 seconds to drain, 10 to abort; no hooks. */
  public static PipelineOptions defaults() {
    return DEFAULTS;
  }

  /** Returns the defaults with a name. */
  public static PipelineOptions named(String name) {
    return DEFAULTS.withName(name);
  }

  /** Returns these options with a name. */
  public PipelineOptions withName(String name) {
    return new PipelineOptions(name, failures, drainTimeout, abortTimeout, undelivered, failed, report, progress,
        progressInterval, total, timeline);
  }

  /** Returns these options with a failure policy. */
  public PipelineOptions withFailures(FailurePolicy failures) {
    return new PipelineOptions(name, failures, drainTimeout, abortTimeout, undelivered, failed, report, progress,
        progressInterval, total, timeline);
  }

  /** Returns these options with another time to drain, zero or longer. */
  public PipelineOptions withDrainTimeout(Duration drainTimeout) {
    return new PipelineOptions(name, failures, drainTimeout, abortTimeout, undelivered, failed, report, progress,
        progressInterval, total, timeline);
  }

  /** Returns these options with another time for interrupted workers to end, longer than zero. */
  public PipelineOptions withAbortTimeout(Duration abortTimeout) {
    return new PipelineOptions(name, failures, drainTimeout, abortTimeout, undelivered, failed, report, progress,
        progressInterval, total, timeline);
  }

  /** Returns these options with a receiver of the items that came in and did not come out. */
  public PipelineOptions onUndelivered(BiConsumer<? super String, Object> undelivered) {
    return new PipelineOptions(name, failures, drainTimeout, abortTimeout, undelivered, failed, report, progress,
        progressInterval, total, timeline);
  }

  /** Returns these options with a receiver of the failed items, tolerated or not. */
  public PipelineOptions onFailed(Consumer<? super FailedItem> failed) {
    Check.notNull(failed, "failed");
    return new PipelineOptions(name, failures, drainTimeout, abortTimeout, undelivered, failed, report, progress,
        progressInterval, total, timeline);
  }

  /** Returns these options with a receiver of the report, which is called before the end of the run is seen. */
  public PipelineOptions onReport(Consumer<? super PipelineReport> report) {
    Check.notNull(report, "report");
    return new PipelineOptions(name, failures, drainTimeout, abortTimeout, undelivered, failed, report, progress,
        progressInterval, total, timeline);
  }

  /**
   * Returns these options with a listener. It is called on a thread of the run, a last time before the end. That thread
   * also keeps the deadlines and ends the run, so a listener must be quick, and must not wait for the run's end.
   */
  public PipelineOptions onProgress(Duration interval, Consumer<? super PipelineProgress> progress) {
    Check.notNull(progress, "progress");
    return new PipelineOptions(name, failures, drainTimeout, abortTimeout, undelivered, failed, report, progress, interval,
        total, timeline);
  }

  /** Returns these options with the number of items that the sources will hand out, 0 or more, for the progress. */
  public PipelineOptions withTotal(long total) {
    Check.notNegative(total, "total", "leave it out if it is unknown");
    return new PipelineOptions(name, failures, drainTimeout, abortTimeout, undelivered, failed, report, progress,
        progressInterval, OptionalLong.of(total), timeline);
  }

  /**
   * Returns these options with a recorder of what each worker worked on when. A span is named by its item if that is a
   * string, a number, an enum constant, a path or a URI, otherwise by the item's index; its kind is the stage.
   */
  public PipelineOptions withTimeline(TimelineRecorder timeline) {
    Check.notNull(timeline, "timeline");
    return new PipelineOptions(name, failures, drainTimeout, abortTimeout, undelivered, failed, report, progress,
        progressInterval, total, timeline);
  }
}
