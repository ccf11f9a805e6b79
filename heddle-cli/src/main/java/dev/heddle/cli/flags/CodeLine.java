package dev.heddle.cli.flags;

import dev.heddle.cli.terminal.Terminal;
import dev.heddle.flags.FlagOutcome;
import java.io.PrintWriter;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Prints codes as they arrive and, in a terminal, a progress bar below them.
 *
 * <p>The bar occupies the last line of the terminal. A new code is appended to the line above, and the bar is redrawn.
 * Thread-safe, because the bar is updated by its own thread.
 */
final class CodeLine {
  private static final int MOST_WIDTH = 78;
  private static final int LEAST_FOR_BAR = 50; // a narrower bar has no space for its marks
  private static final String ERASE_LINE = "\r\u001b[K";
  private static final String UP = "\u001b[A";

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean codes;
  private final boolean sameTerminal;
  private final boolean wantBar;
  private final int width;
  private @Nullable ProgressBar bar; // guarded by this, like drawn and column
  private String drawn = "";
  private int column;

  CodeLine(PrintWriter out, PrintWriter err, boolean codes, boolean outIsTerminal, boolean wantBar) {
    this.out = out;
    this.err = err;
    this.codes = codes;
    // The terminal would wrap a longer line, which could not be overwritten.
    this.width = outIsTerminal || wantBar ? Math.min(MOST_WIDTH, Terminal.size().columns() - 2) : MOST_WIDTH;
    this.wantBar = wantBar && width >= LEAST_FOR_BAR;
    this.sameTerminal = outIsTerminal && this.wantBar;
  }

  synchronized void begin(int total, String name) {
    column = 0;
    drawn = "";
    if (wantBar) {
      bar = new ProgressBarBuilder()
          .setInitialMax(total)
          .setTaskName(name)
          .setStyle(ProgressBarStyle.ASCII)
          .setUpdateIntervalMillis(100)
          .setConsumer(new DelegatingProgressBarConsumer(this::draw, width))
          .build();
    }
  }

  private synchronized void draw(String text) {
    if (bar != null) {
      drawn = text.strip();
      err.print(ERASE_LINE + drawn);
      err.flush();
    }
  }

  void arrived(FlagOutcome outcome) {
    ProgressBar moving;
    synchronized (this) {
      if (codes) {
        print(shown(outcome));
      }
      moving = bar;
    }
    if (moving != null) {
      moving.step(); // outside the lock: it may draw
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
    boolean newRow = column == 0 || column + 1 + code.length() > width;
    if (sameTerminal) {
      err.print(ERASE_LINE + (newRow ? "" : UP + "\u001b[" + column + "C"));
      err.flush();
    } else if (newRow && column > 0) {
      out.println();
    }
    out.print(newRow ? code : " " + code);
    out.flush();
    column = newRow ? code.length() : column + 1 + code.length();
    if (sameTerminal) {
      err.print("\n" + drawn);
      err.flush();
    }
  }

  void end() {
    ProgressBar ended;
    synchronized (this) {
      ended = bar;
    }
    if (ended != null) {
      ended.close(); // draws once more
    }
    synchronized (this) {
      if (bar != null) {
        err.print(ERASE_LINE);
        err.flush();
      }
      bar = null;
      if (column > 0 && !sameTerminal) {
        out.println();
        out.flush();
      }
    }
  }
}
