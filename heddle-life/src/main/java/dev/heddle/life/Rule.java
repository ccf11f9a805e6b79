package dev.heddle.life;

import static dev.heddle.life.Cell.ALIVE;
import static dev.heddle.life.Cell.EMPTY;

import dev.heddle.iter.Coroutine;
import org.jspecify.annotations.Nullable;

/**
 * The rule of the game as coroutines that are composed by yield-from.
 *
 * <p>They yield a {@link Step.Query} and are sent a {@link Cell}; they know neither how cells are stored nor where a grid
 * ends. Each coroutine is confined to one thread at a time; no method blocks.
 */
public final class Rule {
  private Rule() {}

  /** Returns the next state of a cell: it survives with two or three living neighbours, and is born with three. */
  public static Cell next(Cell state, int neighbors) {
    return neighbors == 3 || (neighbors == 2 && state == ALIVE) ? ALIVE : EMPTY;
  }

  /** Queries the eight cells around a cell, and returns the number of living ones. */
  public static Coroutine<Step, Cell, Integer> countNeighbors(int y, int x) {
    return Coroutine.of(steps -> {
      int count = 0;
      for (int dy = -1; dy <= 1; dy++) {
        for (int dx = -1; dx <= 1; dx++) {
          if ((dy != 0 || dx != 0) && steps.yield(new Step.Query(y + dy, x + dx)) == ALIVE) {
            count++;
          }
        }
      }
      return count;
    });
  }

  /** Queries a cell and its neighbours, and yields its transition. */
  public static Coroutine<Step, Cell, @Nullable Void> stepCell(int y, int x) {
    return Coroutine.of(steps -> {
      Cell state = steps.yield(new Step.Query(y, x));
      int neighbors = steps.yieldFrom(countNeighbors(y, x));
      steps.yield(new Step.Transition(y, x, next(state, neighbors)));
      return null;
    });
  }

  /**
   * Steps each cell of a grid of the given size, then yields {@link Step#TICK}, without end.
   *
   * @param height how many rows, 1 or more
   * @param width how many columns, 1 or more
   */
  public static Coroutine<Step, Cell, @Nullable Void> simulate(int height, int width) {
    Grid.checkSize(height, width);
    return Coroutine.of(steps -> {
      while (true) {
        for (int y = 0; y < height; y++) {
          for (int x = 0; x < width; x++) {
            steps.yieldFrom(stepCell(y, x));
          }
        }
        steps.yield(Step.TICK);
      }
    });
  }
}
