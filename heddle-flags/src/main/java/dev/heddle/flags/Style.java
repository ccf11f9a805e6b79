package dev.heddle.flags;

import dev.heddle.flags.styles.AsyncStyle;
import dev.heddle.flags.styles.ProcessesStyle;
import dev.heddle.flags.styles.SequentialStyle;
import dev.heddle.flags.styles.StyleRunner;
import dev.heddle.flags.styles.ThreadsStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A way to download many flags.
 *
 * <p>Origin: the three scripts that at the beginning of chapter 17 of "Fluent Python".
 */
public enum Style {
  /** One flag after the other. */
  SEQUENTIAL,
  /** Many flags at once, each on a thread of its own. */
  THREADS,
  /** A few flags at once, in worker processes; no faster than threads, since downloads only wait. */
  PROCESSES,
  /** Many flags at once, as coroutines on one thread. */
  ASYNC;

  StyleRunner runner() {
    return switch (this) {
      case SEQUENTIAL -> new SequentialStyle();
      case THREADS -> new ThreadsStyle();
      case PROCESSES -> new ProcessesStyle();
      case ASYNC -> new AsyncStyle();
    };
  }

  /** The name in lower case, as on the command line and in reports. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the style with a name, in upper or lower case; {@code all} means every style.
   *
   * @throws IllegalArgumentException if there is no such style
   */
  public static List<Style> parse(String typed) {
    if (typed.equalsIgnoreCase("all")) {
      return List.of(values());
    }
    return Arrays.stream(values())
        .filter(style -> style.label().equalsIgnoreCase(typed))
        .findFirst()
        .map(List::of)
        .orElseThrow(() -> new IllegalArgumentException(
            "style must be " + Arrays.stream(values()).map(Style::label).collect(Collectors.joining(", "))
                + " or all, but was '" + typed + "'"));
  }
}
