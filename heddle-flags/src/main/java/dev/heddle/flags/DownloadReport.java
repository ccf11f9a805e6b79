package dev.heddle.flags;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The result of one run. Immutable.
 *
 * @param style the style of the run
 * @param connections the maximum number of downloads at once
 * @param outcomes the outcome of each flag, in the order of arrival
 * @param elapsed the time from the first request to the last reply
 * @param interrupted whether the run was ended by an interrupt
 * @param stopped the reason why the run was stopped early; null if it was not
 */
public record DownloadReport(
    Style style,
    int connections,
    List<FlagOutcome> outcomes,
    Duration elapsed,
    boolean interrupted,
    @Nullable String stopped) {

  /** Copies the list. */
  public DownloadReport {
    Objects.requireNonNull(style, "style must not be null");
    Objects.requireNonNull(elapsed, "elapsed must not be null");
    outcomes = List.copyOf(outcomes);
  }

  /** Returns the outcomes of one kind, in the order of arrival. */
  public <T extends FlagOutcome> List<T> all(Class<T> kind) {
    return outcomes.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Returns the number of outcomes of one kind. */
  public int count(Class<? extends FlagOutcome> kind) {
    return all(kind).size();
  }

  /** Returns the number of retries. */
  public int retries() {
    return outcomes.stream().mapToInt(outcome -> Math.max(0, outcome.attempts() - 1)).sum();
  }

  /** Returns the number of bytes received. */
  public long bytes() {
    return all(FlagOutcome.Saved.class).stream().mapToLong(FlagOutcome.Saved::received).sum();
  }
}
