package dev.heddle.cli;

import java.io.IOException;
import java.io.PrintWriter;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A bar of how many jobs have ended, in the last line of the terminal, below what the jobs have written.
 *
 * <p>Thread-safe: the bar moves by a thread of its own. Origin: {@code --bar} of GNU parallel.
 */
final class EachCommandBar implements AutoCloseable {
  private static final int LEAST_WIDTH = 30;
  private static final int MOST_WIDTH = 120;
  private static final long UNKNOWN = -1;
  private static final String ERASE_LINE = "\r\u001b[K";

  /** Prints something. */
  @FunctionalInterface
  interface Print {
    void print() throws IOException;
  }

  private final PrintWriter err;
  private @Nullable ProgressBar bar;
  private boolean closed; // guarded by this, as is the following
  private String drawn = "";

  private EachCommandBar(PrintWriter err) {
    this.err = err;
  }

  /**
   * A bar where somebody is looking; else one that shows nothing.
   *
   * @param wanted whether it was asked for
   * @param jobs how many jobs there will be; null if nobody knows
   */
  static EachCommandBar on(PrintWriter err, boolean wanted, @Nullable Integer jobs) {
    EachCommandBar made = new EachCommandBar(err);
    int width = Math.min(MOST_WIDTH, Terminal.size().columns() - 1); // a line that does not fit could not be drawn over
    if (wanted && Terminal.isErr() && width >= LEAST_WIDTH) {
      made.bar = new ProgressBarBuilder()
          .setInitialMax(jobs == null ? UNKNOWN : jobs)
          .setTaskName("jobs")
          .setStyle(ProgressBarStyle.ASCII)
          .setUpdateIntervalMillis(100)
          .setConsumer(new DelegatingProgressBarConsumer(made::draw, width))
          .build();
    }
    return made;
  }

  boolean isShown() {
    return bar != null;
  }

  private synchronized void draw(String text) {
    if (!closed) {
      drawn = text.strip();
      err.print(ERASE_LINE + drawn);
      err.flush();
    }
  }

  /** A further job has come to its end, or need not be run; so many have failed by now. */
  void ended(long failed) {
    ProgressBar moving = bar;
    if (moving != null) {
      moving.step(); // outside the lock: it may draw
      if (failed > 0) {
        moving.setExtraMessage(" " + failed + " failed");
      }
    }
  }

  /** Prints something where the bar is, and draws the bar below it. */
  synchronized void above(Print what) throws IOException {
    if (bar == null) {
      what.print();
      return;
    }
    err.print(ERASE_LINE);
    err.flush();
    what.print();
    err.print(drawn);
    err.flush();
  }

  /** Takes the bar away. */
  @Override
  public void close() {
    ProgressBar ended = bar;
    if (ended != null) {
      ended.close(); // draws once more
      synchronized (this) {
        closed = true;
        err.print(ERASE_LINE);
        err.flush();
      }
    }
  }
}
