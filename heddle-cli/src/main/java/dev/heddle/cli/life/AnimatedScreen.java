package dev.heddle.cli.life;

import dev.heddle.cli.terminal.FullScreen;
import dev.heddle.cli.terminal.Terminal;
import dev.heddle.life.Cell;
import dev.heddle.life.Grid;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * An animation on the whole terminal, which has its former contents again when this is closed, also by Ctrl-C.
 *
 * <p>A character shows two cells, one above the other, which makes the cells about square. If the grid is larger than the
 * terminal, its upper left part is shown.
 */
final class AnimatedScreen implements GridScreen {
  private static final int LINES_BELOW = 1; // the caption

  private final Supplier<Terminal.Size> terminal;
  private final FullScreen screen;
  private final String name;

  /**
   * An animation that has not begun.
   *
   * @param terminal tells the present size
   */
  AnimatedScreen(PrintWriter out, Supplier<Terminal.Size> terminal, String name) {
    this.terminal = terminal;
    this.screen = FullScreen.of(out, terminal);
    this.name = name;
  }

  /** Returns the number of rows of cells that a terminal can show. */
  static int rows(Terminal.Size terminal) {
    return 2 * Math.max(1, terminal.rows() - LINES_BELOW);
  }

  @Override
  public boolean show(long generation, Grid grid) {
    Terminal.Size size = terminal.get();
    int rows = Math.min(grid.height(), rows(size));
    int columns = Math.min(grid.width(), size.columns());
    List<String> lines = new ArrayList<>();
    for (int y = 0; y < rows; y += 2) {
      lines.add(line(grid, y, y + 1 < rows, columns));
    }
    lines.add(caption(generation, grid, rows < grid.height() || columns < grid.width()));
    return screen.draw(lines);
  }

  private static String line(Grid grid, int y, boolean hasLower, int columns) {
    StringBuilder line = new StringBuilder(columns);
    for (int x = 0; x < columns; x++) {
      boolean upper = grid.query(y, x) == Cell.ALIVE;
      boolean lower = hasLower && grid.query(y + 1, x) == Cell.ALIVE;
      line.append(upper ? (lower ? '█' : '▀') : (lower ? '▄' : ' '));
    }
    return line.toString();
  }

  private String caption(long generation, Grid grid, boolean cut) {
    String size = grid.width() + "x" + grid.height() + (cut ? ", in part" : "");
    return name + " (" + size + "), generation " + generation + ", " + grid.population() + " alive; Ctrl-C ends";
  }

  @Override
  public void close() {
    screen.close();
  }
}
