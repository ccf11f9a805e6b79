package dev.heddle.iter.combinatorics;

import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Pull;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows made of pools that are in memory: each is there before it is asked for, so nothing need be fetched ahead.
 *
 * <p>Its methods are written by hand for the cases {@code product} and {@code combinations} of {@code ./heddle bench itertools}.
 */
public abstract class RowsIter<T extends @Nullable Object> extends Pull<List<T>> {
  private boolean more;

  /** An iterator. */
  public RowsIter(boolean any) {
    this.more = any;
  }

  /** The row at the present position. */
  protected abstract List<T> row();

  /** Goes to the next position; false if there is none. */
  protected abstract boolean step();

  @Override
  public final boolean hasNext() {
    return more || noMore();
  }

  @Override
  public final List<T> next() {
    if (!more) {
      throw exhausted();
    }
    List<T> row = row();
    more = step();
    return row;
  }

  @Override
  public final @Nullable Object advance(int budget) {
    return more ? next() : end();
  }

  @Override
  protected final boolean hasEnded() {
    return !more;
  }

  @Override
  protected void release(Closing closing) {
    more = false;
  }

  @Override
  public boolean spent() {
    return true;
  }
}
