package dev.heddle.flags;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What came of one run. Immutable.
 *
 * @param connections how many flags were downloaded at once at the most
 * @param outcomes what became of each flag, in the order in which they came
 * @param elapsed how long it took, from the first request to the last answer
 * @param interrupted whether it was ended by an interrupt
 * @param stopped why the run ended before its time; null if it did not
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

  /** The outcomes of one kind, in the order in which they came. */
  public <T extends FlagOutcome> List<T> all(Class<T> kind) {
    return outcomes.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** How many outcomes are of one kind. */
  public int count(Class<? extends FlagOutcome> kind) {
    return all(kind).size();
  }

  /** How many requests were repeated. */
  public int retries() {
    return outcomes.stream().mapToInt(outcome -> Math.max(0, outcome.attempts() - 1)).sum();
  }

  /** How many bytes of flags were received. */
  public long bytes() {
    return all(FlagOutcome.Saved.class).stream().mapToLong(FlagOutcome.Saved::received).sum();
  }
}
