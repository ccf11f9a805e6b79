package dev.heddle.cli.images;

import dev.heddle.base.Cells;
import dev.heddle.base.Describe;
import dev.heddle.cli.terminal.LiveLines;
import dev.heddle.cli.terminal.Terminal;
import dev.heddle.queue.PipelineProgress;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A progress display with a line for each stage of a pipeline, below the total, the rate and the remaining time; redrawn in a
 * terminal and erased in the end.
 *
 * <p>Thread-safe: a pipeline reports its progress on its own thread.
 */
final class StageProgress implements AutoCloseable {
  private static final int NAME = 10;
  private static final String HEAD = " %8s %8s %8s  %s";

  private final LiveLines lines;
  private final boolean enabled;
  private boolean closed; // guarded by this

  private StageProgress(PrintWriter err, boolean enabled) {
    this.lines = new LiveLines(err);
    this.enabled = enabled;
  }

  /** Returns a display on standard error; it draws nothing if that is not a terminal. */
  static StageProgress on(PrintWriter err) {
    return new StageProgress(err, Terminal.isErr());
  }

  /** Draws the state of the stages over the previous one. */
  synchronized void show(PipelineProgress progress) {
    if (!enabled || closed) {
      return;
    }
    List<String> picture = new ArrayList<>();
    picture.add(progress.toString());
    picture.add(name("stage") + Describe.format(HEAD, "waiting", "done", "failed", "at work"));
    for (PipelineProgress.Stage stage : progress.stages()) {
      String workers = "#".repeat(stage.busy()) + ".".repeat(Math.max(0, stage.workers() - stage.busy()));
      picture.add(name(stage.name())
          + Describe.format(HEAD, stage.waiting(), stage.in() - stage.failed(), stage.failed(), workers));
    }
    lines.draw(picture);
  }

  private static String name(String name) {
    return Cells.pad(Cells.fit(Cells.printable(name), NAME), NAME);
  }

  @Override
  public synchronized void close() {
    closed = true;
    lines.erase();
  }
}
