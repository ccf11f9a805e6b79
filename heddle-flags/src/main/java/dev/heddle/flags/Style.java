package dev.heddle.flags;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A way to download many flags, to be compared with others.
 *
 * <p>Origin: the three scripts that chapter 17 of "Fluent Python" begins with.
 */
public enum Style {
  /** One flag after the other. */
  SEQUENTIAL,
  /** Many flags at once, each on a thread of its own. */
  THREADS,
  /** Many flags at once, all on one thread. */
  ASYNC;

  DownloadStyle style() {
    return switch (this) {
      case SEQUENTIAL -> new SequentialStyle();
      case THREADS -> new ThreadsStyle();
      case ASYNC -> new AsyncStyle();
    };
  }

  /** As users and reports write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The styles a user typed, in either case; {@code all} means every one.
   *
   * @throws IllegalArgumentException if there is none of that name
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
