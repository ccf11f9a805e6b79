package dev.heddle.futures.live;

import java.util.ArrayList;
import java.util.List;

/** The rows of one look at a program, up to a limit; what exceeds it is counted. Confined to the thread that looks. */
public final class LiveRows {
  private final List<LiveRow> rows = new ArrayList<>();
  private final int limit;
  private final long deadline;
  private long omitted;

  /**
   * No rows yet.
   *
   * @param patience for how many nanoseconds objects may wait for other threads, all together
   */
  LiveRows(int limit, long patience) {
    this.limit = limit;
    this.deadline = System.nanoTime() + patience;
  }

  /**
   * Adds a row.
   *
   * @param kind "executor", "worker", "task", "pipeline", "stage", "loop" or "coroutine"
   * @param parent the identity of the row that it belongs to; empty for none
   */
  public LiveRow add(String kind, String id, String parent, String name) {
    LiveRow row = new LiveRow(kind, id, parent, name);
    if (rows.size() < limit) {
      rows.add(row);
    } else {
      omitted++;
    }
    return row;
  }

  /** Returns for how many nanoseconds an object may still wait for another thread; possibly 0. */
  public long patience() {
    return Math.max(0, deadline - System.nanoTime());
  }

  List<LiveRow> rows() {
    return rows;
  }

  long omitted() {
    return omitted;
  }
}
