package dev.heddle.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether somebody is looking: colours and progress bars are for terminals only.
 *
 * <p>Java cannot tell which of its streams is a terminal. The launcher can, and passes {@code -Dheddle.terminal=out,err},
 * {@code -Dheddle.rows=24} and {@code -Dheddle.columns=80}; started in another way nobody is taken to be looking.
 */
final class Terminal {
  private static final Size USUAL = new Size(24, 80);

  /** How many characters it shows. */
  record Size(int rows, int columns) {}

  private Terminal() {}

  /** Whether standard output is a terminal that wants colours. */
  static boolean isOut() {
    return is("out") && System.getenv("NO_COLOR") == null;
  }

  /** Whether standard error is a terminal, where a progress bar can move. */
  static boolean isErr() {
    return is("err");
  }

  /** Whether standard output is a terminal where a picture can move, in colours or not. */
  static boolean canAnimate() {
    return is("out");
  }

  /** How many characters the terminal shows; 24 lines of 80 where that is not known. */
  static Size size() {
    int rows = Integer.getInteger("heddle.rows", 0);
    int columns = Integer.getInteger("heddle.columns", 0);
    return new Size(rows > 0 ? rows : USUAL.rows(), columns > 0 ? columns : USUAL.columns());
  }

  private static boolean is(String stream) {
    return System.getProperty("heddle.terminal", "").contains(stream);
  }

  /** A line broken between words into lines of at most so many characters; a longer word has a line of its own. */
  static List<String> wrap(String line, int width) {
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
