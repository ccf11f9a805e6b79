package dev.heddle.life;

import dev.heddle.iter.Coroutine;
import dev.heddle.iter.Generator;

/** The drive: answers the rule's questions from a grid, and writes down what it tells. */
public final class Life {
  private Life() {}

  /**
   * The next generation of a grid, which itself stays as it is.
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

  /** A grid and all generations after it, without an end. The grid must not be changed meanwhile. */
  public static Generator<Grid> generations(Grid start) {
    Coroutine<Step, Cell, ?> sim = Rule.simulate(start.height(), start.width());
    return Generator.of(y -> {
      for (Grid grid = start;; grid = liveAGeneration(grid, sim)) {
        y.yield(grid);
      }
    });
  }
}
