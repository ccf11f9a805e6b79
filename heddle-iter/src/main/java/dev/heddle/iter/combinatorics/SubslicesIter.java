package dev.heddle.iter.combinatorics;

import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Lookahead;
import dev.heddle.iter.pull.Row;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All runs of consecutive elements of a pool: those that begin with the first element, then those with the second, ... */
public final class SubslicesIter<T extends @Nullable Object> extends Lookahead<List<T>> {
  private @Nullable Object[] pool;
  private int from;
  private int to;

  public SubslicesIter(@Nullable Object[] pool) {
    this.pool = pool;
  }

  @Override
  protected @Nullable Object produce(int budget) {
    if (to == pool.length && from < to) {
      from++;
      to = from;
    }
    if (to == pool.length) {
      pool = new @Nullable Object[0];
      from = 0;
      to = 0;
      return END;
    }
    to++;
    return Row.<T>copyOf(Arrays.copyOfRange(pool, from, to));
  }

  @Override
  protected void release(Closing closing) {
    pool = new @Nullable Object[0];
  }
}
