package dev.heddle.cli.progress;

import dev.heddle.base.Describe;
import dev.heddle.futures.Progress;
import dev.heddle.futures.ProgressListener;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A progress bar that shows the reports of a meter, with the time left and the failures as they stand in all other reports.
 * Between two reports it is redrawn by a daemon thread. Thread-safe.
 */
public final class TerminalBar implements ProgressListener {
  private static final long UNKNOWN = -1;

  private final ProgressBar bar;
  private final String beforeTheFirst;

  /**
   * A bar that is drawn at once.
   *
   * @param total how many tasks there are; empty if that is unknown
   * @param beforeTheFirst stands behind the bar until the first task has ended, such as {@code starting workers}
   * @param width returns the number of columns, each time that the bar is drawn: a window may be resized
   * @param draw is given the text of the bar whenever it has changed, by several threads
   */
  public TerminalBar(
      String name, OptionalLong total, String beforeTheFirst, IntSupplier width, Consumer<String> draw) {
    this.beforeTheFirst = beforeTheFirst;
    this.bar = new ProgressBarBuilder()
        .setInitialMax(total.orElse(UNKNOWN))
        .setTaskName(name)
        .setStyle(ProgressBarStyle.ASCII)
        .hideEta()
        .setUpdateIntervalMillis(100)
        .setConsumer(new Line(width, draw))
        .build();
    bar.setExtraMessage(beforeTheFirst);
  }

  @Override
  public void report(Progress progress) {
    String left = progress.remaining().filter(_ -> !progress.last()).map(time -> ", " + Describe.measured(time) + " left")
        .orElse("");
    bar.setExtraMessage(progress.done() == 0
        ? beforeTheFirst
        : Describe.format("%.1f/s", progress.rate()) + left
            + (progress.failed() == 0 ? "" : ", " + progress.failed() + " failed"));
    bar.stepTo(progress.done());
    if (progress.last()) {
      bar.close(); // draws once more
    }
  }

  /** The line in which the bar stands. */
  private record Line(IntSupplier width, Consumer<String> draw) implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
      return width.getAsInt();
    }

    @Override
    public void accept(String text) {
      draw.accept(text);
    }

    @Override
    public void close() {}
  }
}
