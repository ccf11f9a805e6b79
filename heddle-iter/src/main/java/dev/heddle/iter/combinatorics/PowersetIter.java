package dev.heddle.iter.combinatorics;

import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Lookahead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All choices of any number of elements of a pool, the shorter first. */
public final class PowersetIter<T extends @Nullable Object> extends Lookahead<List<T>> {
  private static final @Nullable Object[] NOTHING = {};

  private final int size;
  private @Nullable Object[] pool;
  private SelectionIter<T> choices;
  private int length;

  public PowersetIter(@Nullable Object[] pool) {
    this.size = pool.length;
    this.pool = pool;
    this.choices = choices();
  }

  private SelectionIter<T> choices() {
    return new SelectionIter<>(pool, length, SelectionIter.Kind.COMBINATIONS);
  }

  @Override
  protected @Nullable Object produce(int budget) {
    Object choice = choices.advance(budget);
    if (choice == END && length < size) {
      length++;
      choices = choices();
      choice = choices.advance(budget);
    }
    if (choice == END) {
      pool = NOTHING;
    }
    return choice;
  }

  @Override
  protected void release(Closing closing) {
    pool = NOTHING;
    choices.close();
  }
}
