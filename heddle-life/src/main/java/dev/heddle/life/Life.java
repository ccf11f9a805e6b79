package dev.heddle.life;

import dev.heddle.iter.Coroutine;
import dev.heddle.iter.Generator;

/** The driver: answers the rule's queries from a grid, and records its transitions in a new one. */
public final class Life {
  private Life() {}

  /**
   * Returns the next generation of a grid, which is not modified.
   *
   * @param sim the rule, at the start of a generation: {@link Rule#simulate} for the size of the grid
   */
  public static Grid liveAGeneration(Grid grid, Coroutine<Step, Cell, ?> sim) {
    Grid progeny = new Grid(grid.height(), grid.width());
    Step step = sim.next();
    while (true) {
      switch (step) {
        case Step.Query(int y, int x) -> step = sim.send(grid.query(y, x));
        case Step.Transition(int y, int x, Cell state) -> {
          progeny.assign(y, x, state);
          step = sim.next();
        }
        case Step.Tick _ -> {
          return progeny;
        }
      }
    }
  }

  /** Returns a grid and all generations after it, without end. The grid must not be modified meanwhile. */
  public static Generator<Grid> generations(Grid start) {
    Coroutine<Step, Cell, ?> sim = Rule.simulate(start.height(), start.width());
    return Generator.of(y -> {
      for (Grid grid = start;; grid = liveAGeneration(grid, sim)) {
        y.yield(grid);
      }
    });
  }
}
