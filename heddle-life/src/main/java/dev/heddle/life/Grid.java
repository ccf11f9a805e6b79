package dev.heddle.life;

import java.util.Arrays;

/**
 * A rectangle of cells whose edges meet: right of the last column is the first, below the last row the first.
 *
 * <p>Not thread-safe. All cells of a new grid are empty.
 */
public final class Grid {
  /** The most rows and the most columns a grid can have. */
  public static final int MAX_SIDE = 2048;

  private final int height;
  private final int width;
  private final boolean[] alive;

  /**
   * A grid of empty cells.
   *
   * @param height how many rows, from 1 to {@link #MAX_SIDE}
   * @param width how many columns, from 1 to {@link #MAX_SIDE}
   */
  public Grid(int height, int width) {
    checkSize(height, width);
    this.height = height;
    this.width = width;
    this.alive = new boolean[height * width];
  }

  static void checkSize(int height, int width) {
    checkSide("height", height);
    checkSide("width", width);
  }

  private static void checkSide(String name, int side) {
    if (side < 1 || side > MAX_SIDE) {
      throw new IllegalArgumentException(name + " must be from 1 to " + MAX_SIDE + ", but was " + side);
    }
  }

  /** How many rows it has. */
  public int height() {
    return height;
  }

  /** How many columns it has. */
  public int width() {
    return width;
  }

  /** The state of a cell; any row and column is one on the grid. */
  public Cell query(int y, int x) {
    return alive[index(y, x)] ? Cell.ALIVE : Cell.EMPTY;
  }

  /** Sets the state of a cell; any row and column is one on the grid. */
  public void assign(int y, int x, Cell state) {
    alive[index(y, x)] = state == Cell.ALIVE;
  }

  private int index(int y, int x) {
    return Math.floorMod(y, height) * width + Math.floorMod(x, width);
  }

  /** How many cells are alive. */
  public int population() {
    int count = 0;
    for (boolean cell : alive) {
      count += cell ? 1 : 0;
    }
    return count;
  }

  /** Whether the other is a grid of the same size with the same cells. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Grid that && width == that.width && Arrays.equals(alive, that.alive);
  }

  @Override
  public int hashCode() {
    return 31 * width + Arrays.hashCode(alive);
  }

  /** The rows, one a line: {@code *} for a cell that is alive, {@code -} for an empty one. */
  @Override
  public String toString() {
    StringBuilder rows = new StringBuilder((width + 1) * height);
    for (int i = 0; i < alive.length; i++) {
      if (i > 0 && i % width == 0) {
        rows.append('\n');
      }
      rows.append(alive[i] ? '*' : '-');
    }
    return rows.toString();
  }
}
