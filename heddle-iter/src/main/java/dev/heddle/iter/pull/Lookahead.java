package dev.heddle.iter.pull;

import org.jspecify.annotations.Nullable;

/**
 * An iterator that finds out whether there is a next element by computing it; {@code hasNext} keeps it for {@code next}.
 */
public abstract class Lookahead<T extends @Nullable Object> extends Pull<T> {
  /** The element computed ahead; {@link #NEED}: none; {@link #END}: there will be no more. */
  protected @Nullable Object slot = NEED;

  /**
   * Computes the next element.
   *
   * @return the element or {@link #END}; after that it is not called again
   */
  protected abstract @Nullable Object produce(int budget);

  @Override
  public @Nullable Object advance(int budget) {
    Object value = slot;
    if (value == NEED) {
      value = produce(budget);
      if (value == END) {
        slot = END;
      }
    } else if (value != END) {
      slot = NEED;
    } else if (cut) {
      throw closedEarly();
    }
    return value;
  }

  @Override
  public boolean hasNext() {
    if (slot == NEED) {
      Object value = produce(BUDGET);
      if (slot != END) { // else it was closed from within
        slot = value;
      }
    }
    if (slot != END) {
      return true;
    }
    if (cut) {
      throw closedEarly();
    }
    return false;
  }

  @Override
  public T next() {
    Object value = advance(BUDGET);
    if (value == END) {
      throw exhausted();
    }
    return cast(value);
  }

  /** Takes what was computed ahead, {@link #NEED} when there is none. */
  protected final @Nullable Object takeAhead() {
    Object value = slot;
    if (value != END) {
      slot = NEED;
    } else if (cut) {
      throw closedEarly();
    }
    return value;
  }

  /** Remembers an end. */
  protected final void note(@Nullable Object value) {
    if (value == END) {
      slot = END;
    }
  }

  /** What was computed ahead and not yet taken, or {@link #NEED}. */
  protected final @Nullable Object ahead() {
    return slot;
  }

  /** Forgets what was computed ahead, and an end that was seen. */
  protected final void forgetAhead() {
    if (!isClosed()) {
      slot = NEED;
    }
  }

  @Override
  protected boolean hasEnded() {
    return slot == END;
  }

  @Override
  protected void closeInto(Closing closing) {
    super.closeInto(closing);
    slot = END;
  }
}
