package dev.heddle.cli;

import dev.heddle.queue.PipelineProgress;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * A line for each stage of a pipeline, drawn again and again where somebody is looking, and erased in the end.
 *
 * <p>Thread-safe: a pipeline tells of its progress on a thread of its own.
 */
final class ImagesCommandProgress implements AutoCloseable {
  private static final String HEAD = "%-10s %8s %8s %8s  %s";
  private static final String ERASE_BELOW = "\u001b[J";

  private final PrintWriter err;
  private final boolean seen;
  private int lines; // drawn and not erased; guarded by this, as is the following
  private boolean closed;

  private ImagesCommandProgress(PrintWriter err, boolean seen) {
    this.err = err;
    this.seen = seen;
  }

  /** Draws on standard error if it is a terminal, else nothing. */
  static ImagesCommandProgress on(PrintWriter err) {
    return new ImagesCommandProgress(err, Terminal.isErr());
  }

  /** Draws the state of the stages over the one before. */
  synchronized void show(PipelineProgress progress) {
    if (!seen || closed || progress.stages().size() + 1 >= Terminal.size().rows()) {
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

  /** A line that the terminal does not break. */
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
