package dev.heddle.cli;

import dev.heddle.life.Grid;
import java.io.PrintWriter;

/** Where {@code heddle life} shows the generations; used by one thread. */
sealed interface LifeCommandScreen extends AutoCloseable permits LifeCommandScreen.Plain, LifeCommandPicture {

  /** Shows a generation; returns whether somebody can see it still. */
  boolean show(long generation, Grid grid);

  @Override
  void close();

  /** Prints the generations one after the other. */
  record Plain(PrintWriter out) implements LifeCommandScreen {
    @Override
    public boolean show(long generation, Grid grid) {
      out.println("generation " + generation + ", " + grid.population() + " alive");
      out.println(grid);
      out.println();
      return !out.checkError(); // flushes; a pipe that nobody reads any more is an error
    }

    @Override
    public void close() {}
  }
}
