package dev.heddle.cli.life;

import dev.heddle.cli.terminal.Terminal;
import dev.heddle.life.Cell;
import dev.heddle.life.Grid;
import java.io.PrintWriter;

/**
 * An animation: each generation is drawn over the one before.
 *
 * <p>A character shows two cells, one above the other, which makes the cells about square. If the grid is larger than the
 * terminal, its upper left part is shown. The cursor is hidden until this is closed, also by Ctrl-C; the last picture stays.
 *
 * <p>Thread-safe, because a shutdown hook closes it.
 */
final class AnimatedScreen implements GridScreen {
  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";
  private static final String ERASE_TO_END = "\u001b[K";
  private static final int LINES_BELOW = 2; // the caption and the line of the cursor

  private final PrintWriter out;
  private final Terminal.Size terminal;
  private final String name;
  private final Thread onCtrlC = Thread.ofPlatform().name("heddle-show-cursor").unstarted(this::end);
  private boolean drawn; // guarded by this, like ended
  private boolean ended;

  AnimatedScreen(PrintWriter out, Terminal.Size terminal, String name) {
    this.out = out;
    this.terminal = terminal;
    this.name = name;
    Runtime.getRuntime().addShutdownHook(onCtrlC);
  }

  /** Returns the number of rows of cells that a terminal can show. */
  static int rows(Terminal.Size terminal) {
    return 2 * Math.max(1, terminal.rows() - LINES_BELOW);
  }

  @Override
  public synchronized boolean show(long generation, Grid grid) {
    if (ended) {
      return false;
    }
    int rows = Math.min(grid.height(), rows(terminal));
    int columns = Math.min(grid.width(), terminal.columns());
    int lines = (rows + 1) / 2;
    StringBuilder picture = new StringBuilder(drawn ? "\r\u001b[" + (lines + 1) + "A" : HIDE_CURSOR);
    for (int y = 0; y < rows; y += 2) {
      for (int x = 0; x < columns; x++) {
        boolean upper = grid.query(y, x) == Cell.ALIVE;
        boolean lower = y + 1 < rows && grid.query(y + 1, x) == Cell.ALIVE;
        picture.append(upper ? (lower ? '█' : '▀') : (lower ? '▄' : ' '));
      }
      picture.append('\n');
    }
    String below = caption(generation, grid, rows < grid.height() || columns < grid.width());
    picture.append(below, 0, Math.min(below.length(), terminal.columns() - 1)).append(ERASE_TO_END).append('\n');
    drawn = true;
    out.print(picture);
    return !out.checkError();
  }

  private String caption(long generation, Grid grid, boolean cut) {
    String size = grid.width() + "x" + grid.height() + (cut ? ", in part" : "");
    return name + " (" + size + "), generation " + generation + ", " + grid.population() + " alive; Ctrl-C ends";
  }

  private synchronized void end() {
    if (drawn && !ended) {
      out.print(SHOW_CURSOR);
      out.flush();
    }
    ended = true;
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(onCtrlC);
    } catch (IllegalStateException e) {
      // The JVM is shutting down; the hook has run or has nothing to do.
    }
  }
}
