package dev.heddle.cli.life;

import dev.heddle.life.Grid;
import java.io.PrintWriter;

/** The output of {@code heddle life}; used by one thread. */
sealed interface GridScreen extends AutoCloseable permits GridScreen.Plain, AnimatedScreen {

  /** Shows a generation; returns false if the output is closed. */
  boolean show(long generation, Grid grid);

  @Override
  void close();

  /** Prints the generations one after the other. */
  record Plain(PrintWriter out) implements GridScreen {
    @Override
    public boolean show(long generation, Grid grid) {
      out.println("generation " + generation + ", " + grid.population() + " alive");
      out.println(grid);
      out.println();
      return !out.checkError(); // flushes; a broken pipe is an error
    }

    @Override
    public void close() {}
  }
}
