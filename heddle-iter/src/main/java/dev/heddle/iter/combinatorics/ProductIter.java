package dev.heddle.iter.combinatorics;

import dev.heddle.iter.pull.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cartesian product of pools, the last position changing fastest. */
public final class ProductIter<T extends @Nullable Object> extends RowsIter<T, @Nullable Object[][]> {
  private final int[] indices;

  public ProductIter(@Nullable Object[][] pools) {
    super(pools, noneEmpty(pools));
    this.indices = new int[pools.length];
  }

  private static boolean noneEmpty(@Nullable Object[][] pools) {
    for (@Nullable
    Object[] pool : pools) {
      if (pool.length == 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  protected List<T> row(@Nullable Object[][] pools) {
    return Row.<T>pick(pools, indices);
  }

  @Override
  protected boolean step(@Nullable Object[][] pools) {
    for (int i = pools.length - 1; i >= 0; i--) {
      if (++indices[i] < pools[i].length) {
        return true;
      }
      indices[i] = 0;
    }
    return false;
  }
}
