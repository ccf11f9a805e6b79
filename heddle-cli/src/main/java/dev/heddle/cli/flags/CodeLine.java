package dev.heddle.cli.flags;

import dev.heddle.cli.progress.TerminalBar;
import dev.heddle.cli.terminal.BarLine;
import dev.heddle.cli.terminal.Terminal;
import dev.heddle.flags.FlagOutcome;
import dev.heddle.futures.ProgressMeter;
import dev.heddle.futures.ProgressOptions;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Prints codes as they arrive and, in a terminal, a progress bar below them.
 *
 * <p>The bar occupies the last line of the terminal. A new code is appended to the line above, and the bar is redrawn. If the
 * terminal has another width meanwhile, which may have broken that line, codes go on in a new one. Thread-safe, because the bar
 * is updated by its own thread.
 */
final class CodeLine {
  private static final int MOST_WIDTH = 78;
  private static final int LEAST_FOR_BAR = 50; // a narrower bar has no space for its marks
  private static final String UP = "\u001b[A";

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean codes;
  private final boolean sameTerminal;
  private final boolean wantBar;
  private final boolean isTerminal;
  private final Supplier<Terminal.Size> terminal;
  private final BarLine bar; // guarded by this, like those below
  private @Nullable ProgressMeter progress;
  private int column;
  private int columns; // of the terminal when the latest code was printed

  CodeLine(
      PrintWriter out, PrintWriter err, boolean codes, boolean outIsTerminal, boolean wantBar,
      Supplier<Terminal.Size> terminal) {
    this.out = out;
    this.err = err;
    this.codes = codes;
    this.isTerminal = outIsTerminal || wantBar;
    this.terminal = terminal;
    this.bar = new BarLine(terminal);
    this.wantBar = wantBar && width() >= LEAST_FOR_BAR;
    this.sameTerminal = outIsTerminal && this.wantBar;
  }

  /** The terminal would wrap a longer line, which could not be overwritten. */
  private int width() {
    return isTerminal ? Math.min(MOST_WIDTH, terminal.get().columns() - 2) : MOST_WIDTH;
  }

  /**
   * Begins the codes of a style.
   *
   * @param beforeTheFirst what is done until the first one arrives, such as {@code starting workers}
   */
  synchronized void begin(int total, String name, String beforeTheFirst) {
    column = 0;
    if (wantBar) {
      progress = ProgressMeter.start(ProgressOptions.named(name)
          .withTotal(total)
          .withInterval(Duration.ofMillis(100))
          .withListener(new TerminalBar(name, OptionalLong.of(total), beforeTheFirst, this::width, this::draw)));
    }
  }

  private synchronized void draw(String text) {
    if (progress != null) {
      err.print(bar.over(text));
      err.flush();
    }
  }

  void arrived(FlagOutcome outcome) {
    ProgressMeter moving;
    synchronized (this) {
      if (codes) {
        print(shown(outcome));
      }
      moving = progress;
    }
    if (moving != null) {
      moving.ended(outcome instanceof FlagOutcome.Failed); // outside the lock: it may draw
    }
  }

  /** Returns the code with a mark for its outcome. */
  private static String shown(FlagOutcome outcome) {
    return switch (outcome) {
      case FlagOutcome.Saved saved -> saved.code();
      case FlagOutcome.Unchanged unchanged -> unchanged.code();
      case FlagOutcome.NotFound notFound -> notFound.code() + "?";
      case FlagOutcome.Failed failed -> failed.code() + "!";
      case FlagOutcome.Cancelled cancelled -> cancelled.code() + "-";
    };
  }

  private void print(String code) {
    int now = terminal.get().columns();
    boolean newRow = column == 0 || column + 1 + code.length() > width() || (sameTerminal && now != columns);
    columns = now;
    if (sameTerminal) {
      err.print(bar.erased() + (newRow ? "" : UP + "\u001b[" + column + "C"));
      err.flush();
    } else if (newRow && column > 0) {
      out.println();
    }
    out.print(newRow ? code : " " + code);
    out.flush();
    column = newRow ? code.length() : column + 1 + code.length();
    if (sameTerminal) {
      err.print("\n" + bar.again());
      err.flush();
    }
  }

  void end() {
    ProgressMeter ended;
    synchronized (this) {
      ended = progress;
    }
    if (ended != null) {
      ended.close(); // draws once more
    }
    synchronized (this) {
      if (progress != null) {
        err.print(bar.over(""));
        err.flush();
      }
      progress = null;
      if (column > 0 && !sameTerminal) {
        out.println();
        out.flush();
      }
    }
  }
}
