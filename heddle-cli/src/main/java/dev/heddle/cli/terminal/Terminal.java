package dev.heddle.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells which standard streams are a terminal, and its size; colours and progress bars are for terminals only.
 *
 * <p>Java cannot tell which of its streams is a terminal. The launcher can, and passes {@code -Dheddle.terminal=out,err},
 * {@code -Dheddle.rows=24} and {@code -Dheddle.columns=80}; without these properties no stream counts as a terminal.
 */
public final class Terminal {
  private static final Size USUAL = new Size(24, 80);

  /** The size of a terminal in characters. */
  public record Size(int rows, int columns) {}

  private Terminal() {}

  /** Whether standard output is a terminal and colours are not disabled by {@code NO_COLOR}. */
  public static boolean isOut() {
    return is("out") && System.getenv("NO_COLOR") == null;
  }

  /** Whether standard error is a terminal, so that a progress bar can be drawn. */
  public static boolean isErr() {
    return is("err");
  }

  /** Whether standard output is a terminal, so that it can be animated. */
  public static boolean canAnimate() {
    return is("out");
  }

  /** Returns the size of the terminal; 24 rows and 80 columns if it is unknown. */
  public static Size size() {
    int rows = Integer.getInteger("heddle.rows", 0);
    int columns = Integer.getInteger("heddle.columns", 0);
    return new Size(rows > 0 ? rows : USUAL.rows(), columns > 0 ? columns : USUAL.columns());
  }

  private static boolean is(String stream) {
    return System.getProperty("heddle.terminal", "").contains(stream);
  }

  /** Breaks a line between words into lines of at most {@code width} characters; a longer word gets its own line. */
  public static List<String> wrap(String line, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    for (String word : line.split(" ")) {
      if (!current.isEmpty() && current.length() + 1 + word.length() > width) {
        lines.add(current.toString());
        current.setLength(0);
      }
      current.append(current.isEmpty() ? "" : " ").append(word);
    }
    lines.add(current.toString());
    return lines;
  }
}
