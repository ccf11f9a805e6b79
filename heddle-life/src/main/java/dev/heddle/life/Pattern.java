package dev.heddle.life;

import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/** A named arrangement of cells. Immutable. */
public final class Pattern {
  private final String name;
  private final int width;
  private final List<BitSet> rows;

  /** Creates a pattern; the rows must not be modified afterwards. */
  Pattern(String name, int width, List<BitSet> rows) {
    this.name = name;
    this.width = width;
    this.rows = List.copyOf(rows);
  }

  /**
   * Returns the pattern that a text in run-length encoded (RLE) format describes.
   *
   * <p>The text may begin with comment lines ({@code #N} gives a name, others are ignored), has a header such as {@code x =
   * 3, y = 3, rule = B3/S23}, and then the rows from the top: {@code b} is an empty cell, {@code o} a living one, {@code $}
   * ends a row, {@code !} ends the pattern; a number before one of them repeats it. Text after the end is ignored.
   *
   * @param name the pattern's name if the text gives none
   * @throws RleException if the text is malformed, is for another rule than B3/S23, or has a side of more than {@link
   *     Grid#MAX_SIDE} cells
   */
  public static Pattern ofRle(String name, String text) {
    Objects.requireNonNull(name, "name must not be null: it is used if the text gives no name");
    Objects.requireNonNull(text, "text must not be null: it holds the pattern in RLE format");
    return new RleReader(name, text).read();
  }

  /** The name. */
  public String name() {
    return name;
  }

  /** The number of rows. */
  public int height() {
    return rows.size();
  }

  /** The number of columns. */
  public int width() {
    return width;
  }

  /**
   * Returns a new grid with this pattern in its middle.
   *
   * @param height the number of rows, at least those of the pattern
   * @param width the number of columns, at least those of the pattern
   */
  public Grid inTheMiddleOf(int height, int width) {
    if (height < height() || width < width()) {
      throw new IllegalArgumentException(
          "a grid of " + width + "x" + height + " is too small for " + name + "; it needs " + width() + "x" + height());
    }
    Grid grid = new Grid(height, width);
    int top = (height - height()) / 2;
    int left = (width - width()) / 2;
    for (int y = 0; y < height(); y++) {
      int row = top + y;
      rows.get(y).stream().forEach(x -> grid.assign(row, left + x, Cell.ALIVE));
    }
    return grid;
  }

  @Override
  public String toString() {
    return name + " (" + width() + "x" + height() + ")";
  }
}
