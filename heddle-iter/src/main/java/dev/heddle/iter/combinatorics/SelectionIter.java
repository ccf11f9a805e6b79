package dev.heddle.iter.combinatorics;

import dev.heddle.iter.pull.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Selections of r positions of a pool in lexicographic order of the positions: permutations, or combinations with or
 * without repetition.
 */
public final class SelectionIter<T extends @Nullable Object> extends RowsIter<T, @Nullable Object[]> {

  /** The rule that says which positions may follow which. */
  public enum Kind {
    PERMUTATIONS, COMBINATIONS, WITH_REPLACEMENT
  }

  private final int size;
  private final int[] chosen;
  private final boolean[] used;
  private final Kind kind;

  /** How far a position of a combination is at least behind the one before. */
  private final int distance;

  public SelectionIter(@Nullable Object[] pool, int r, Kind kind) {
    super(pool, isPossible(pool, r, kind));
    this.size = pool.length;
    this.kind = kind;
    this.distance = kind == Kind.WITH_REPLACEMENT ? 0 : 1;
    boolean possible = isPossible(pool, r, kind); // an empty iterator needs no arrays
    this.chosen = new int[possible ? r : 0];
    this.used = new boolean[kind == Kind.PERMUTATIONS ? pool.length : 0];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = kind == Kind.WITH_REPLACEMENT ? 0 : i;
      if (kind == Kind.PERMUTATIONS) {
        used[i] = true;
      }
    }
  }

  /** A selection longer than the pool does not exist. */
  private static boolean isPossible(@Nullable Object[] pool, int r, Kind kind) {
    return kind == Kind.WITH_REPLACEMENT ? pool.length > 0 || r == 0 : r <= pool.length;
  }

  @Override
  protected List<T> row(@Nullable Object[] pool) {
    return Row.<T>pick(pool, chosen);
  }

  @Override
  protected boolean step(@Nullable Object[] pool) {
    return kind == Kind.PERMUTATIONS ? stepPermutation() : stepCombination();
  }

  /** Raises the last position that can be raised; those after it follow at the least distance. */
  private boolean stepCombination() {
    int r = chosen.length;
    int highest = size - 1;
    for (int i = r - 1; i >= 0; i--, highest -= distance) {
      int position = chosen[i];
      if (position < highest) {
        for (int j = i; j < r; j++) {
          chosen[j] = ++position;
          position += distance - 1;
        }
        return true;
      }
    }
    return false;
  }

  /** Gives positions back from the right until one can be raised to a free position, and fills up with the lowest. */
  private boolean stepPermutation() {
    for (int i = chosen.length - 1; i >= 0; i--) {
      used[chosen[i]] = false;
      int next = free(chosen[i] + 1);
      if (next < used.length) {
        take(i, next);
        int lowest = 0;
        for (int j = i + 1; j < chosen.length; j++) {
          lowest = free(lowest);
          take(j, lowest);
        }
        return true;
      }
    }
    return false;
  }

  private int free(int from) {
    int position = from;
    while (position < used.length && used[position]) {
      position++;
    }
    return position;
  }

  private void take(int i, int position) {
    chosen[i] = position;
    used[position] = true;
  }
}
