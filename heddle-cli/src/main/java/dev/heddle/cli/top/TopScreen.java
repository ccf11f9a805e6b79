package dev.heddle.cli.top;

import dev.heddle.base.Cells;
import dev.heddle.base.Describe;
import dev.heddle.cli.live.LiveFrame;
import dev.heddle.cli.live.TargetException;
import dev.heddle.cli.live.Watch;
import dev.heddle.cli.terminal.FullScreen;
import dev.heddle.cli.terminal.Terminal;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.ThreadPool;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The program on the whole terminal, until q or Ctrl-C. Looks are taken by another thread, so that keys work while the program
 * does not answer.
 */
final class TopScreen {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final long LATE_NANOS = 2_000_000_000;
  private static final Set<Integer> ENTER = Set.of((int) '\r', (int) '\n');
  private static final int ESCAPE = 27;
  private static final Set<Integer> BACKSPACE = Set.of(8, 127);

  private final TopView view;
  private final Watch watch;
  private final long period;
  private boolean typing; // a filter
  private boolean paused;
  private int scroll;

  TopScreen(TopView view, Watch watch, Duration period) {
    this.view = view;
    this.watch = watch;
    this.period = period.toNanos();
  }

  /** Shows frame after frame; returns the exit code. */
  int run(PrintWriter out) throws TargetException, IOException, InterruptedException {
    try (Executor looker = ThreadPool.of(1); FullScreen screen = FullScreen.withKeys(out)) {
      Future<LiveFrame> look = looker.submit(watch::look);
      long begun = System.nanoTime();
      boolean taken = false;
      while (true) {
        if (!taken && look.isDone()) {
          view.next(result(look));
          taken = true;
        }
        long since = System.nanoTime() - begun;
        if (taken && !paused && since >= period) {
          look = looker.submit(watch::look);
          begun = System.nanoTime();
          taken = false;
        }
        if (!screen.draw(picture(!taken && since > LATE_NANOS ? since : 0)) || !handle(screen.key(TICK))) {
          looker.shutdownNow();
          return 0;
        }
      }
    }
  }

  /** Returns the lines that the terminal has room for, with a line of help below. */
  private List<String> picture(long late) {
    Terminal.Size size = Terminal.size();
    List<String> all = view.lines(size.columns());
    int room = Math.max(1, size.rows() - 1);
    scroll = Math.clamp(scroll, 0, Math.max(0, all.size() - room));
    List<String> lines = new ArrayList<>(all.subList(scroll, Math.min(all.size(), scroll + room)));
    while (lines.size() < room) {
      lines.add("");
    }
    lines.add(Cells.fit(foot(late), size.columns()));
    return lines;
  }

  private String foot(long late) {
    if (typing) {
      return "filter: " + Cells.printable(view.filter()) + "_  (Enter ends)";
    }
    String filter = view.filter().isEmpty() ? "" : " '" + Cells.printable(view.filter()) + "'";
    String state = late > 0 ? "NO ANSWER for " + Describe.measured(late) + "  " : paused ? "PAUSED  " : "";
    return state + "q quit  s sort: " + view.sort() + "  / filter" + filter + "  j k scroll  p pause";
  }

  /** Does what a key asks for; returns false if it is to end. */
  private boolean handle(int key) {
    if (key == FullScreen.NONE) {
      return true;
    }
    if (typing) {
      type(key);
      return true;
    }
    switch (key) {
      case 'q', 'Q', 3, 4 -> {
        return false;
      }
      case 's' -> view.sortNext();
      case '/' -> typing = true;
      case 'j' -> scroll++;
      case 'k' -> scroll--;
      case 'p', ' ' -> paused = !paused;
      default -> {
      }
    }
    return true;
  }

  private void type(int key) {
    String text = view.filter();
    if (ENTER.contains(key)) {
      typing = false;
    } else if (key == ESCAPE) {
      typing = false;
      view.filter("");
    } else if (BACKSPACE.contains(key)) {
      view.filter(text.isEmpty() ? "" : text.substring(0, text.offsetByCodePoints(text.length(), -1)));
    } else if (!Character.isISOControl(key)) {
      view.filter(text + Character.toString(key));
    }
  }

  private static LiveFrame result(Future<LiveFrame> look) throws TargetException, IOException, InterruptedException {
    Throwable failure = look.exception();
    return switch (failure) {
      case null -> look.result();
      case TargetException e -> throw e;
      case IOException e -> throw e;
      default -> throw new IllegalStateException("a look has failed", failure);
    };
  }
}
