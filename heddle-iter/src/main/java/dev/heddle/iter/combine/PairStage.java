package dev.heddle.iter.combine;

import dev.heddle.iter.Pair;
import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of the elements of two sources, until the shorter ends; an element of the first is lost then, as in Python.
 *
 * <p>Its methods are written by hand for the case {@code zip} of {@code ./heddle bench itertools}.
 */
public final class PairStage<A extends @Nullable Object, B extends @Nullable Object>
    extends
      Stage<@Nullable Object, Pair<A, B>> {
  private final Pull<? extends A> first;
  private final Pull<? extends B> second;
  private final boolean independent;

  /** The first part of a pair whose second part is asked for: then {@link #up} is the second source. */
  private @Nullable Object half;

  /**
   * A stage.
   *
   * @param independent whether reading one source leaves the other as it is, and no other code reads them: so both can be
   *     asked whether there is a next element before either is
   */
  public PairStage(Pull<? extends A> first, Pull<? extends B> second, boolean independent) {
    super(first);
    this.first = first;
    this.second = second;
    this.independent = independent;
  }

  private boolean canAsk() {
    return independent && up == first && isDirect();
  }

  @Override
  public boolean hasNext() {
    if (!canAsk()) {
      return super.hasNext();
    }
    if (first.hasNext()) {
      if (second.hasNext()) {
        return true;
      }
      first.next();
    }
    slot = END;
    return false;
  }

  @Override
  public Pair<A, B> next() {
    if (!canAsk() || !first.hasNext()) {
      return super.next();
    }
    A a = first.next();
    try {
      if (second.hasNext()) {
        return new Pair<>(a, second.next());
      }
    } catch (Throwable t) {
      half = a;
      up = second;
      throw t;
    }
    slot = END;
    return super.next();
  }

  @Override
  protected @Nullable Object offer(@Nullable Object input) {
    if (up == first) {
      half = input;
      up = second;
      return NEED;
    }
    Pair<A, B> pair = new Pair<>(cast(half), cast(input));
    half = null;
    up = first;
    return pair;
  }

  @Override
  protected @Nullable Object produce(int budget) {
    if (budget <= 0) {
      return drive(this);
    }
    Object a = half;
    if (up == first) {
      a = first.advance(budget - 1);
      if (a == END) {
        return END;
      }
    }
    Object b;
    try {
      b = second.advance(budget - 1);
    } catch (Throwable t) {
      half = a;
      up = second;
      throw t;
    }
    half = null;
    up = first;
    return b == END ? END : new Pair<A, B>(cast(a), cast(b));
  }

  @Override
  protected @Nullable Object ended() {
    half = null;
    return END;
  }

  @Override
  protected void release(Closing closing) {
    half = null;
    closing.add(first);
    closing.add(second);
  }

  @Override
  protected boolean isLinear() {
    return false;
  }
}
