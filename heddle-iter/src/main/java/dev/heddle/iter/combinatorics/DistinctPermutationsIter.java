package dev.heddle.iter.combinatorics;

import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Lookahead;
import dev.heddle.iter.pull.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The permutations of a multiset, each once, in lexicographic order: a count for each distinct value says what is left. */
public final class DistinctPermutationsIter<T> extends Lookahead<List<T>> {
  private static final @Nullable Object[] NOTHING = {};

  private @Nullable Object[] values;
  private final int[] left;
  private final int[] chosen;
  private boolean started;
  private boolean possible;

  public DistinctPermutationsIter(List<? extends T> elements, int r, Comparator<? super T> order) {
    List<T> sorted = new ArrayList<>(elements);
    sorted.sort(order);
    List<T> distinct = new ArrayList<>();
    int[] counts = new int[sorted.size()];
    for (T element : sorted) {
      if (distinct.isEmpty() || order.compare(distinct.getLast(), element) != 0) {
        distinct.add(element);
      }
      counts[distinct.size() - 1]++;
    }
    this.values = distinct.toArray();
    this.left = counts;
    this.possible = r <= sorted.size();
    this.chosen = new int[possible ? r : 0];
  }

  @Override
  protected @Nullable Object produce(int budget) {
    if (!started) {
      started = true;
      if (possible) {
        fill(0);
      }
    } else {
      possible = step();
    }
    if (!possible) {
      values = NOTHING;
      return END;
    }
    return Row.<T>pick(values, chosen);
  }

  @Override
  protected void release(Closing closing) {
    values = NOTHING;
  }

  private boolean step() {
    for (int i = chosen.length - 1; i >= 0; i--) {
      left[chosen[i]]++;
      for (int value = chosen[i] + 1; value < values.length; value++) {
        if (left[value] > 0) {
          chosen[i] = value;
          left[value]--;
          fill(i + 1);
          return true;
        }
      }
    }
    return false;
  }

  /** The lowest values that are left, from a position on. */
  private void fill(int from) {
    int value = 0;
    for (int i = from; i < chosen.length; i++) {
      while (left[value] == 0) {
        value++;
      }
      chosen[i] = value;
      left[value]--;
    }
  }

  @Override
  public boolean spent() {
    return true;
  }
}
