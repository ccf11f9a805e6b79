package dev.heddle.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.iter.Generator;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class LifeTest {

  /** The grid after some generations. */
  static Grid after(int generations, Grid start) {
    try (Generator<Grid> all = Life.generations(start)) {
      return all.skip(generations).next();
    }
  }

  @Test
  void generations_ofABlinkerOn5x5_alternate() {
    Generator<Grid> blinker = Life.generations(Patterns.named("blinker").inTheMiddleOf(5, 5));
    for (int i = 0; i < 25; i++) {
      assertThat(blinker.next()).hasToString("-----\n-----\n-***-\n-----\n-----");
      assertThat(blinker.next()).hasToString("-----\n--*--\n--*--\n--*--\n-----");
    }
  }

  @Test
  void liveAGeneration_always_leavesTheGridAsItIs() {
    Grid blinker = Patterns.named("blinker").inTheMiddleOf(5, 5);
    String before = blinker.toString();
    assertThat(Life.liveAGeneration(blinker, Rule.simulate(5, 5))).isNotEqualTo(blinker);
    assertThat(blinker).hasToString(before);
  }

  @Test
  void generations_ofAGlider_comeAroundTheTorus() {
    Grid start = Patterns.named("glider").inTheMiddleOf(6, 9);
    assertThat(after(4, start)).isEqualTo(moved(start, 1, 1));
    assertThat(after(4 * 18, start)).isEqualTo(start).isNotEqualTo(after(4 * 9, start));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,2", "2,2", "1,7", "7,1", "3,3", "16,9", "40,40"})
  void generations_ofRandomCells_areThoseOfAPlainLoop(int height, int width) {
    long seed = 31L * height + width;
    Random random = new Random(seed);
    Grid grid = new Grid(height, width);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        grid.assign(y, x, random.nextInt(3) == 0 ? Cell.ALIVE : Cell.EMPTY);
      }
    }
    Grid expected = grid;
    for (Grid generation : Life.generations(grid).limit(10)) {
      assertThat(generation).as("seed %d", seed).isEqualTo(expected);
      expected = plainLoop(expected);
    }
  }

  private static Grid plainLoop(Grid grid) {
    Grid next = new Grid(grid.height(), grid.width());
    for (int y = 0; y < grid.height(); y++) {
      for (int x = 0; x < grid.width(); x++) {
        int alive = 0;
        for (int i = 0; i < 9; i++) {
          alive += i != 4 && grid.query(y - 1 + i / 3, x - 1 + i % 3) == Cell.ALIVE ? 1 : 0;
        }
        boolean lives = grid.query(y, x) == Cell.ALIVE ? alive == 2 || alive == 3 : alive == 3;
        next.assign(y, x, lives ? Cell.ALIVE : Cell.EMPTY);
      }
    }
    return next;
  }

  /** The same cells, further down and to the right. */
  static Grid moved(Grid grid, int down, int right) {
    Grid moved = new Grid(grid.height(), grid.width());
    for (int y = 0; y < grid.height(); y++) {
      for (int x = 0; x < grid.width(); x++) {
        moved.assign(y + down, x + right, grid.query(y, x));
      }
    }
    return moved;
  }
}
