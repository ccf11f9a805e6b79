package dev.heddle.cli.each.output;

import dev.heddle.cli.terminal.BarLine;
import dev.heddle.cli.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A progress bar in the last line of the terminal, below the output of the jobs.
 *
 * <p>Thread-safe: the bar is updated by its own thread. Origin: {@code --bar} of GNU parallel.
 */
public final class JobProgressBar implements AutoCloseable {
  private static final int LEAST_WIDTH = 30;
  private static final int MOST_WIDTH = 120;
  private static final long UNKNOWN = -1;

  /** Prints something. */
  @FunctionalInterface
  public interface Print {
    void print() throws IOException;
  }

  private final PrintWriter err;
  private @Nullable ProgressBar bar;
  private final BarLine line = new BarLine(); // guarded by this, like closed
  private boolean closed;

  private JobProgressBar(PrintWriter err) {
    this.err = err;
  }

  /**
   * Returns a bar that is shown if it is wanted and standard error is a terminal.
   *
   * @param wanted whether the option is set
   * @param jobs the total number of jobs; null if it is unknown
   */
  public static JobProgressBar on(PrintWriter err, boolean wanted, @Nullable Integer jobs) {
    JobProgressBar made = new JobProgressBar(err);
    int width = Math.min(MOST_WIDTH, Terminal.size().columns() - 1); // a wrapped line could not be overwritten
    if (wanted && Terminal.isErr() && width >= LEAST_WIDTH) {
      made.bar = new ProgressBarBuilder()
          .setInitialMax(jobs == null ? UNKNOWN : jobs)
          .setTaskName("jobs")
          .setStyle(ProgressBarStyle.ASCII)
          .showSpeed()
          .setUpdateIntervalMillis(100)
          .setConsumer(new DelegatingProgressBarConsumer(made::draw, width))
          .build();
    }
    return made;
  }

  public boolean isShown() {
    return bar != null;
  }

  private synchronized void draw(String text) {
    if (!closed) {
      err.print(line.over(text));
      err.flush();
    }
  }

  /** Counts a job that has ended or is skipped; {@code failed} is the number of failed jobs until now. */
  public void ended(long failed) {
    ProgressBar moving = bar;
    if (moving != null) {
      moving.step(); // outside the lock, since it may draw
      if (failed > 0) {
        moving.setExtraMessage(" " + failed + " failed");
      }
    }
  }

  /** Prints something above the bar. */
  public synchronized void above(Print what) throws IOException {
    if (bar == null) {
      what.print();
      return;
    }
    err.print(line.erased());
    err.flush();
    what.print();
    err.print(line.again());
    err.flush();
  }

  /** Removes the bar. */
  @Override
  public void close() {
    ProgressBar ended = bar;
    if (ended != null) {
      ended.close(); // draws a last time
      synchronized (this) {
        closed = true;
        err.print(line.erased());
        err.flush();
      }
    }
  }
}
