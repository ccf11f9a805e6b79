package dev.heddle.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether somebody is looking: colours and progress bars are for terminals only.
 *
 * <p>Java cannot tell which of its streams is a terminal. The launcher can, and passes {@code -Dheddle.terminal=out,err} and
 * {@code -Dheddle.columns=80}; started in another way nobody is taken to be looking.
 */
final class Terminal {
  private static final int USUAL_COLUMNS = 80;

  private Terminal() {}

  /** Whether standard output is a terminal that wants colours. */
  static boolean isOut() {
    return is("out") && System.getenv("NO_COLOR") == null;
  }

  /** Whether standard error is a terminal, where a progress bar can move. */
  static boolean isErr() {
    return is("err");
  }

  private static boolean is(String stream) {
    return System.getProperty("heddle.terminal", "").contains(stream);
  }

  /** How many characters a line of the terminal has; 80 where that is not known. */
  static int columns() {
    int columns = Integer.getInteger("heddle.columns", 0);
    return columns > 0 ? columns : USUAL_COLUMNS;
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
