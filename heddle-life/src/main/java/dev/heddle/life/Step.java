package dev.heddle.life;

import java.util.Objects;

/** What the rule's coroutines say to whoever drives them. */
public sealed interface Step {

  /** The end of a generation: every cell has had its {@link Transition}. */
  Step TICK = new Tick();

  /**
   * Asks for the state of a cell, which is to be sent as the answer.
   *
   * @param y the row, counted downwards from 0; may lie beyond the grid
   * @param x the column, counted from 0; may lie beyond the grid
   */
  record Query(int y, int x) implements Step {}

  /**
   * Tells the state of a cell in the next generation; needs no answer.
   *
   * @param y the row
   * @param x the column
   * @param state what becomes of the cell
   */
  record Transition(int y, int x, Cell state) implements Step {

    /** Checks the components. */
    public Transition {
      Objects.requireNonNull(state, "state must not be null: a cell is EMPTY or ALIVE");
    }
  }

  /** See {@link #TICK}. */
  record Tick() implements Step {}
}
