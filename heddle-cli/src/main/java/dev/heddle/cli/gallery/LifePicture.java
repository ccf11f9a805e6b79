package dev.heddle.cli.gallery;

import dev.heddle.base.Describe;
import dev.heddle.iter.Generator;
import dev.heddle.life.Cell;
import dev.heddle.life.Grid;
import dev.heddle.life.Life;
import dev.heddle.life.Patterns;

/** Draws a generation of the Game of Life as SVG. */
final class LifePicture {
  private static final int SIDE = 9; // pixels of a cell
  private static final int HEIGHT = 36;
  private static final int WIDTH = 80;

  private LifePicture() {}

  static String ofGliderGun(int generation) {
    Grid grid = Patterns.named("gosper-gun").inTheMiddleOf(HEIGHT, WIDTH);
    try (Generator<Grid> generations = Life.generations(grid)) {
      for (int i = 0; i <= generation; i++) {
        grid = generations.next();
      }
    }
    return draw(grid);
  }

  private static String draw(Grid grid) {
    StringBuilder svg = new StringBuilder(Describe.format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
            + " aria-label=\"A glider gun in the Game of Life\"><style>.paper{fill:#fff}.cell{fill:#1467ff}"
            + "@media(prefers-color-scheme:dark){.paper{fill:#14171d}.cell{fill:#1aa3ff}}</style>\n"
            + "<rect class=\"paper\" width=\"100%%\" height=\"100%%\"/><path class=\"cell\" d=\"",
        WIDTH * SIDE, HEIGHT * SIDE, WIDTH * SIDE, HEIGHT * SIDE));
    for (int y = 0; y < grid.height(); y++) {
      for (int x = 0; x < grid.width(); x++) {
        if (grid.query(y, x) == Cell.ALIVE) {
          svg.append(Describe.format("M%d %dh%dv%dh-%dz", x * SIDE, y * SIDE, SIDE - 1, SIDE - 1, SIDE - 1));
        }
      }
    }
    return svg.append("\"/></svg>\n").toString();
  }
}
