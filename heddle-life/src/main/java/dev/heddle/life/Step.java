package dev.heddle.life;

import java.util.Objects;

/** A value that the rule's coroutines yield to their driver. */
public sealed interface Step {

  /** The end of a generation: every cell has had its {@link Transition}. */
  Step TICK = new Tick();

  /**
   * A request for the state of a cell, which the driver sends as the reply.
   *
   * @param y the row, counted downwards from 0; may lie beyond the grid
   * @param x the column, counted from 0; may lie beyond the grid
   */
  record Query(int y, int x) implements Step {}

  /**
   * The state of a cell in the next generation; needs no reply.
   *
   * @param y the row
   * @param x the column
   * @param state the new state of the cell
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
