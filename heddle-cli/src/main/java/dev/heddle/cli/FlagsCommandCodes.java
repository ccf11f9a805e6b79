package dev.heddle.cli;

import dev.heddle.flags.FlagOutcome;
import java.io.PrintWriter;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Prints codes as they come, and below them, where somebody is looking, a progress bar.
 *
 * <p>The bar has the last line of the terminal to itself. A new code is put at the end of the line above, and the bar is drawn
 * again. Thread-safe, for the bar moves on a thread of its own.
 */
final class FlagsCommandCodes {
  private static final int MOST_WIDTH = 78;
  private static final int LEAST_FOR_BAR = 50; // a narrower one shows nothing that moves
  private static final String ERASE_LINE = "\r\u001b[K";
  private static final String UP = "\u001b[A";

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean codes;
  private final boolean sameTerminal;
  private final boolean wantBar;
  private final int width;
  private @Nullable ProgressBar bar; // guarded by this, as are the following
  private String drawn = "";
  private int column;

  FlagsCommandCodes(PrintWriter out, PrintWriter err, boolean codes, boolean outIsTerminal, boolean wantBar) {
    this.out = out;
    this.err = err;
    this.codes = codes;
    // A line that does not fit would be broken by the terminal, and could not be drawn over.
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

  /** The code, marked when there is no flag to show for it. */
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
