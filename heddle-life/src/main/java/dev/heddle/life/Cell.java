package dev.heddle.life;

/** The state of a cell. */
public enum Cell {
  /** A dead cell. */
  EMPTY,
  /** A living cell. */
  ALIVE
}
