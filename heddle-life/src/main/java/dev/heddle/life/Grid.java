package dev.heddle.life;

import java.util.Arrays;

/**
 * A rectangle of cells on a torus: the first column follows the last, and the first row follows the last.
 *
 * <p>Not thread-safe. All cells of a new grid are empty.
 */
public final class Grid {
  /** The maximum number of rows, and of columns. */
  public static final int MAX_SIDE = 2048;

  private final int height;
  private final int width;
  private final boolean[] alive;

  /**
   * Creates a grid of empty cells.
   *
   * @param height the number of rows, from 1 to {@link #MAX_SIDE}
   * @param width the number of columns, from 1 to {@link #MAX_SIDE}
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

  /** The number of rows. */
  public int height() {
    return height;
  }

  /** The number of columns. */
  public int width() {
    return width;
  }

  /** Returns the state of a cell; rows and columns wrap around. */
  public Cell query(int y, int x) {
    return alive[index(y, x)] ? Cell.ALIVE : Cell.EMPTY;
  }

  /** Sets the state of a cell; rows and columns wrap around. */
  public void assign(int y, int x, Cell state) {
    alive[index(y, x)] = state == Cell.ALIVE;
  }

  private int index(int y, int x) {
    return Math.floorMod(y, height) * width + Math.floorMod(x, width);
  }

  /** The number of living cells. */
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
