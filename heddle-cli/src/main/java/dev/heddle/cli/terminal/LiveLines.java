package dev.heddle.cli.terminal;

import dev.heddle.base.Cells;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Lines at the end of a terminal that are drawn over, and erased in the end. They survive a change of its width: a narrower
 * terminal breaks the lines that it shows, so more rows have to be drawn over.
 *
 * <p>Lines of more columns than the terminal has are cut; if it has too few rows for them, nothing is shown. Thread-safe.
 */
public final class LiveLines {
  private static final String ERASE_LINE = "\u001b[K";
  private static final String ERASE_BELOW = "\u001b[J";

  private final PrintWriter to;
  private final Supplier<Terminal.Size> terminal;
  private List<Integer> widths = List.of(); // of the lines that are shown; guarded by this

  /** No lines yet. */
  public LiveLines(PrintWriter to) {
    this(to, Terminal::size);
  }

  LiveLines(PrintWriter to, Supplier<Terminal.Size> terminal) {
    this.to = to;
    this.terminal = terminal;
  }

  /** Draws lines over those before. What they hold must be printable. */
  public synchronized void draw(List<String> lines) {
    Terminal.Size size = terminal.get();
    if (lines.size() >= size.rows()) {
      erase();
      return;
    }
    StringBuilder picture = new StringBuilder(back(size));
    List<Integer> drawn = new ArrayList<>();
    for (String each : lines) {
      String line = Cells.fit(each, size.columns() - 1);
      picture.append(line).append(ERASE_LINE).append('\n');
      drawn.add(Cells.width(line));
    }
    to.print(picture.append(ERASE_BELOW));
    to.flush();
    widths = drawn;
  }

  /** Returns what moves the cursor to the beginning of the first line that is shown. */
  private String back(Terminal.Size size) {
    int rows = widths.stream().mapToInt(width -> Math.max(1, Math.ceilDiv(width, size.columns()))).sum();
    return rows == 0 ? "" : "\r\u001b[" + Math.min(rows, size.rows() - 1) + "A";
  }

  /** Removes the lines. */
  public synchronized void erase() {
    if (!widths.isEmpty()) {
      to.print(back(terminal.get()) + ERASE_BELOW);
      to.flush();
      widths = List.of();
    }
  }
}
