package dev.heddle.queue;

import dev.heddle.base.Check;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a pipeline is run. Immutable.
 *
 * @param name for its threads and its report
 * @param failures how many failed items each stage bears before the pipeline fails
 * @param drainTimeout how long what is under way may take to come through, after the source was stopped or a stage
 *     has failed; then the pipeline is aborted
 * @param abortTimeout how long interrupted workers may take to end, also those of a source that a limit or a sink has
 *     stopped, once nobody else is left; then they are left behind and named in an error
 * @param undelivered is given each item that came in and did not come out, since the pipeline was stopped, with the name of
 *     the stage it was waiting for or in; never called by two threads at once, nor interrupted by the pipeline. It may be
 *     called by any of its threads, also the one that keeps the deadlines, so it must be quick and must not wait for the run
 * @param progress is told how far the stages are; null means nobody is
 * @param progressInterval how often it is told, longer than zero
 */
public record PipelineOptions(
    String name,
    FailurePolicy failures,
    Duration drainTimeout,
    Duration abortTimeout,
    BiConsumer<? super String, Object> undelivered,
    @Nullable Consumer<? super PipelineProgress> progress,
    Duration progressInterval) {
  private static final PipelineOptions DEFAULTS = new PipelineOptions(
      "pipeline",
      FailurePolicy.failFast(),
      Duration.ofSeconds(30),
      Duration.ofSeconds(10),
      (stage, item) -> {},
      null,
      Duration.ofMillis(250));

  /** Checks the values. */
  public PipelineOptions {
    Check.notBlank(name, "name", "it names the threads");
    Check.notNull(failures, "failures");
    Check.notNegative(drainTimeout, "drainTimeout", "Duration.ZERO aborts at once");
    Check.positive(abortTimeout, "abortTimeout", "interrupted workers need a moment to end");
    Check.notNull(undelivered, "undelivered");
    Check.positive(progressInterval, "progressInterval", "one second is Duration.ofSeconds(1)");
  }

  /** Fails fast; 30 seconds to drain, 10 to abort; four reports of progress a second, to nobody. */
  public static PipelineOptions defaults() {
    return DEFAULTS;
  }

  /** The defaults with a name. */
  public static PipelineOptions named(String name) {
    return DEFAULTS.withName(name);
  }

  /** These options with a name. */
  public PipelineOptions withName(String name) {
    return new PipelineOptions(name, failures, drainTimeout, abortTimeout, undelivered, progress, progressInterval);
  }

  /** These options with a failure policy. */
  public PipelineOptions withFailures(FailurePolicy failures) {
    return new PipelineOptions(name, failures, drainTimeout, abortTimeout, undelivered, progress, progressInterval);
  }

  /** These options with another time to drain, zero or longer. */
  public PipelineOptions withDrainTimeout(Duration drainTimeout) {
    return new PipelineOptions(name, failures, drainTimeout, abortTimeout, undelivered, progress, progressInterval);
  }

  /** These options with another time for interrupted workers to end, longer than zero. */
  public PipelineOptions withAbortTimeout(Duration abortTimeout) {
    return new PipelineOptions(name, failures, drainTimeout, abortTimeout, undelivered, progress, progressInterval);
  }

  /** These options with a taker of items that came in and did not come out. */
  public PipelineOptions onUndelivered(BiConsumer<? super String, Object> undelivered) {
    return new PipelineOptions(name, failures, drainTimeout, abortTimeout, undelivered, progress, progressInterval);
  }

  /**
   * These options with a listener, which is told on a thread of the pipeline's own, and a last time before the end. That
   * thread also keeps the deadlines and ends the run, so a listener must be quick, and must not wait for the run's end.
   */
  public PipelineOptions onProgress(Duration interval, Consumer<? super PipelineProgress> progress) {
    Check.notNull(progress, "progress");
    return new PipelineOptions(name, failures, drainTimeout, abortTimeout, undelivered, progress, interval);
  }
}
