package dev.heddle.iter.combinatorics;

import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Pull;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows made of pools that are in memory: each is there before it is asked for, so nothing need be fetched ahead.
 *
 * <p>Its methods are written by hand for the cases {@code product} and {@code combinations} of {@code ./heddle bench
 * itertools}.
 *
 * @param <P> what the rows are made of
 */
public abstract class RowsIter<T extends @Nullable Object, P> extends Pull<List<T>> {
  /**
   * Null when the end has been seen or this is closed, so that it keeps no elements.
   *
   * <p>Not from the last {@link #step} on: the JIT compiler would read the pool again for each row.
   */
  private @Nullable P pool;

  private boolean more;

  /** An iterator; {@code any} says whether there is a row. */
  protected RowsIter(P pool, boolean any) {
    this.pool = pool;
    this.more = any;
  }

  /** The row at the present position. */
  protected abstract List<T> row(P pool);

  /** Goes to the next position; false if there is none. */
  protected abstract boolean step(P pool);

  @Override
  public final boolean hasNext() {
    if (more) {
      return true;
    }
    if (cut) {
      throw closedEarly();
    }
    pool = null;
    return false;
  }

  @Override
  public final List<T> next() {
    P from = pool;
    if (!more || from == null) {
      throw exhausted();
    }
    List<T> row = row(from);
    more = step(from);
    return row;
  }

  @Override
  public final @Nullable Object advance(int budget) {
    if (more) {
      return next();
    }
    if (cut) {
      throw closedEarly();
    }
    pool = null;
    return END;
  }

  @Override
  protected final boolean hasEnded() {
    return !more;
  }

  @Override
  protected void release(Closing closing) {
    more = false;
    pool = null;
  }

  @Override
  public boolean spent() {
    return true;
  }
}
