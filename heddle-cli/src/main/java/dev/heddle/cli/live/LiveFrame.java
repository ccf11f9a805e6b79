package dev.heddle.cli.live;

import java.util.List;

/**
 * The state of a program at one moment.
 *
 * @param nanos when it was taken, in nanoseconds of the target's clock since the epoch
 * @param rows parents before their children
 * @param omitted how many rows the target has left out because there were too many
 * @param silent how many copies of Heddle in the target did not answer in time
 */
public record LiveFrame(long nanos, List<FrameRow> rows, long omitted, int silent) {

  /** So many levels of rows are shown; a longer chain of tasks that wait for each other is cut. */
  public static final int DEEPEST = 500;

  /** Copies the list. */
  public LiveFrame {
    rows = List.copyOf(rows);
  }

  /** Returns the rows that belong to a row. */
  public List<FrameRow> childrenOf(FrameRow parent) {
    return rows.stream().filter(row -> row.parent().equals(parent.id())).toList();
  }

  /** Returns the rows that belong to none. */
  public List<FrameRow> roots() {
    return rows.stream().filter(row -> row.parent().isEmpty()).toList();
  }
}
