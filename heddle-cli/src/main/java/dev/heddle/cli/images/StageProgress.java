package dev.heddle.cli.images;

import dev.heddle.cli.terminal.Terminal;
import dev.heddle.queue.PipelineProgress;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * A progress display with a line for each stage of a pipeline, redrawn in a terminal and erased in the end.
 *
 * <p>Thread-safe: a pipeline reports its progress on its own thread.
 */
final class StageProgress implements AutoCloseable {
  private static final String HEAD = "%-10s %8s %8s %8s  %s";
  private static final String ERASE_BELOW = "\u001b[J";

  private final PrintWriter err;
  private final boolean enabled;
  private int lines; // on the screen now; guarded by this, like closed
  private boolean closed;

  private StageProgress(PrintWriter err, boolean enabled) {
    this.err = err;
    this.enabled = enabled;
  }

  /** Returns a display on standard error; it draws nothing if that is not a terminal. */
  static StageProgress on(PrintWriter err) {
    return new StageProgress(err, Terminal.isErr());
  }

  /** Draws the state of the stages over the previous one. */
  synchronized void show(PipelineProgress progress) {
    if (!enabled || closed || progress.stages().size() + 1 >= Terminal.size().rows()) {
      return;
    }
    StringBuilder picture = new StringBuilder(back());
    picture.append(line(String.format(Locale.ROOT, HEAD, "stage", "waiting", "done", "failed", "at work")));
    for (PipelineProgress.Stage stage : progress.stages()) {
      String workers = "#".repeat(stage.busy()) + ".".repeat(Math.max(0, stage.workers() - stage.busy()));
      picture.append(line(String.format(
          Locale.ROOT, HEAD, stage.name(), stage.waiting(), stage.in() - stage.failed(), stage.failed(), workers)));
    }
    lines = progress.stages().size() + 1;
    err.print(picture);
    err.flush();
  }

  /** Returns a line that is cut to the width of the terminal. */
  private static String line(String text) {
    return text.substring(0, Math.min(text.length(), Terminal.size().columns() - 1)) + "\u001b[K\n";
  }

  private String back() {
    return lines == 0 ? "" : "\r\u001b[" + lines + "A";
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (lines > 0) {
      err.print(back() + ERASE_BELOW);
      err.flush();
      lines = 0;
    }
  }
}
