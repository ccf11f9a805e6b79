package dev.heddle.iter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows made of pools that are in memory: each is there before it is asked for, so nothing need be fetched ahead. */
abstract class RowsIter<T extends @Nullable Object> extends Pull<List<T>> {
  private boolean more;

  /** An iterator. */
  RowsIter(boolean any) {
    this.more = any;
  }

  /** The row at the present position. */
  abstract List<T> row();

  /** Goes to the next position; false if there is none. */
  abstract boolean step();

  @Override
  public final boolean hasNext() {
    return more;
  }

  @Override
  public final List<T> next() {
    if (!more) {
      throw exhausted(!isClosed());
    }
    List<T> row = row();
    more = step();
    return row;
  }

  @Override
  final @Nullable Object advance(int budget) {
    return more ? next() : END;
  }

  @Override
  void release(Closing closing) {
    more = false;
  }

  @Override
  boolean spent() {
    return true;
  }
}
