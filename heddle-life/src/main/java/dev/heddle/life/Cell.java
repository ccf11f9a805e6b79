package dev.heddle.life;

/** The state of a cell. */
public enum Cell {
  /** Nobody lives here. */
  EMPTY,
  /** Somebody lives here. */
  ALIVE
}
