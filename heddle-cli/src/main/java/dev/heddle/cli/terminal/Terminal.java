package dev.heddle.cli.terminal;

import dev.heddle.base.Cells;
import dev.heddle.base.process.HandledSignal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells which standard streams are a terminal, and its size; colours and progress bars are for terminals only.
 *
 * <p>Java cannot tell which of its streams is a terminal. The launcher can, and passes {@code -Dheddle.terminal=out,err},
 * {@code -Dheddle.rows=24} and {@code -Dheddle.columns=80}; without these properties no stream counts as a terminal. A later
 * change of the size is asked of the terminal itself, after a SIGWINCH.
 *
 * <p>Thread-safe.
 */
public final class Terminal {
  private static final Size USUAL = new Size(24, 80);

  /** The size of a terminal in characters. */
  public record Size(int rows, int columns) {}

  private static @Nullable Size later; // after a change; guarded by the class
  private static @Nullable HandledSignal resizing; // guarded by the class
  private static volatile boolean resized;

  private Terminal() {}

  /** Whether standard output is a terminal and colours are not disabled by {@code NO_COLOR}. */
  public static boolean isOut() {
    String noColor = System.getenv("NO_COLOR");
    return canAnimate() && (noColor == null || noColor.isEmpty()); // as no-color.org defines it
  }

  /** Whether standard error is a terminal, so that a progress bar can be drawn. */
  public static boolean isErr() {
    return is("err") && !isDumb();
  }

  /** Whether standard output is a terminal that can be animated. */
  public static boolean canAnimate() {
    return is("out") && !isDumb();
  }

  /** Whether the terminal cannot move its cursor, as one inside an editor. */
  private static boolean isDumb() {
    return "dumb".equals(System.getenv("TERM"));
  }

  /** Returns the present size of the terminal; 24 rows and 80 columns if it is unknown. */
  public static synchronized Size size() {
    if (resizing == null && (is("out") || is("err"))) {
      resizing = HandledSignal.of("WINCH", "heddle", _ -> resized = true);
    }
    if (resized) {
      resized = false;
      later = SystemTerminal.size(later == null ? first() : later);
    }
    return later == null ? first() : later;
  }

  /** The size that the launcher has found. */
  private static Size first() {
    int rows = Integer.getInteger("heddle.rows", 0);
    int columns = Integer.getInteger("heddle.columns", 0);
    return new Size(rows > 0 ? rows : USUAL.rows(), columns > 0 ? columns : USUAL.columns());
  }

  private static boolean is(String stream) {
    return System.getProperty("heddle.terminal", "").contains(stream);
  }

  /** Breaks a line between words into lines of at most {@code width} columns; a longer word gets its own line. */
  public static List<String> wrap(String line, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    int columns = 0;
    for (String word : line.split(" ")) {
      int length = Cells.width(word);
      if (!current.isEmpty() && columns + 1 + length > width) {
        lines.add(current.toString());
        current.setLength(0);
        columns = 0;
      }
      columns += (current.isEmpty() ? 0 : 1) + length;
      current.append(current.isEmpty() ? "" : " ").append(word);
    }
    lines.add(current.toString());
    return lines;
  }
}
