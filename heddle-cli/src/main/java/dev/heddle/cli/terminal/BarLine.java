package dev.heddle.cli.terminal;

import dev.heddle.base.Cells;
import java.util.function.Supplier;

/**
 * A progress bar in the last line of a terminal, without a line break behind it. It survives a change of the width: a narrower
 * terminal breaks the bar that it shows, so more rows have to be erased. For one thread at a time.
 */
public final class BarLine {
  private static final String ERASE_LINE = "\r\u001b[K";

  private final Supplier<Terminal.Size> terminal;
  private String shown = "";

  /** No bar yet. */
  public BarLine() {
    this(Terminal::size);
  }

  /** No bar yet, in a terminal whose size is asked for each time. */
  public BarLine(Supplier<Terminal.Size> terminal) {
    this.terminal = terminal;
  }

  /** Returns what erases the bar, and draws this one, cut to the terminal. */
  public String over(String text) {
    String erased = erased();
    shown = Cells.fit(text.strip(), terminal.get().columns() - 1);
    return erased + shown;
  }

  /** Returns what erases the bar; it is drawn by {@link #again} later. */
  public String erased() {
    int rows = Math.max(1, Math.ceilDiv(Cells.width(shown), terminal.get().columns()));
    return rows == 1 ? ERASE_LINE : "\r\u001b[" + (rows - 1) + "A\u001b[J";
  }

  /** Returns what draws the bar as it was. */
  public String again() {
    shown = Cells.fit(shown, terminal.get().columns() - 1);
    return shown;
  }
}
