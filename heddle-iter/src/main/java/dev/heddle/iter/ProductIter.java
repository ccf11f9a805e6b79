package dev.heddle.iter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cartesian product of pools, the last position changing fastest. */
final class ProductIter<T extends @Nullable Object> extends Lookahead<List<T>> {
  private final @Nullable Object[][] pools;
  private final int[] indices;
  private final @Nullable Object[] row;
  private boolean started;

  ProductIter(@Nullable Object[][] pools) {
    this.pools = pools;
    this.indices = new int[pools.length];
    this.row = new @Nullable Object[pools.length];
  }

  @Override
  @Nullable Object produce(int budget) {
    if (!(started ? step() : start())) {
      return END;
    }
    return Row.<T>copyOf(row);
  }

  private boolean start() {
    started = true;
    for (int i = 0; i < pools.length; i++) {
      if (pools[i].length == 0) {
        return false;
      }
      row[i] = pools[i][0];
    }
    return true;
  }

  private boolean step() {
    for (int i = pools.length - 1; i >= 0; i--) {
      if (++indices[i] < pools[i].length) {
        row[i] = pools[i][indices[i]];
        return true;
      }
      indices[i] = 0;
      row[i] = pools[i][0];
    }
    return false;
  }

  @Override
  boolean spent() {
    return true;
  }
}
