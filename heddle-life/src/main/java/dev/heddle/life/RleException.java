package dev.heddle.life;

/** Thrown when a text in RLE format is malformed; has the position of the error. */
public final class RleException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final int line;
  private final int column;

  RleException(int line, int column, String reason) {
    super("line " + line + ", column " + column + ": " + reason);
    this.line = line;
    this.column = column;
  }

  /** The line with the error, counted from 1. */
  public int line() {
    return line;
  }

  /** The column with the error, counted from 1 in characters. */
  public int column() {
    return column;
  }
}
