package dev.heddle.cookbook;

import dev.heddle.iter.Generator;
import dev.heddle.life.Grid;
import dev.heddle.life.Life;
import dev.heddle.life.Patterns;
import java.io.PrintStream;
import java.util.List;

/** Conway's Game of Life with coroutines as its rule. */
final class C17GameOfLife extends Recipe {
  C17GameOfLife() {
    super(
        "The Game of Life as coroutines",
        """
            Rule queries cells (Query), yields their new states (Transition) and ends each generation with a TICK.
            Grid stores cells and knows no rule; Life drives the rule on a grid. See dev.heddle.life.
            A blinker alternates; a glider repeats its shape after 4 generations, one cell further down and to the right.
            To animate it: heddle life --pattern glider""");
  }

  @Override
  public void run(PrintStream out) {
    show("blinker", 5, 4, out);
    show("glider", 7, 5, out);
  }

  /** Prints the first generations of a pattern side by side. */
  static void show(String pattern, int size, int generations, PrintStream out) {
    Grid start = Patterns.named(pattern).inTheMiddleOf(size, size);
    try (Generator<Grid> all = Life.generations(start)) {
      List<List<String>> columns = all.limit(generations).map(grid -> grid.toString().lines().toList()).toList();
      out.println(pattern);
      for (int y = 0; y < size; y++) {
        int row = y;
        out.println(String.join("  ", columns.stream().map(column -> column.get(row)).toList()));
      }
    }
    out.println();
  }
}
