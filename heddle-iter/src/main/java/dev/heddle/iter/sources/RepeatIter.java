package dev.heddle.iter.sources;

import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Pull;
import org.jspecify.annotations.Nullable;

/** One object a number of times, or for ever. */
public final class RepeatIter<T extends @Nullable Object> extends Pull<T> {
  /** Null when there is no more. */
  private @Nullable Object element;

  private long left;

  /**
   * An iterator.
   *
   * @param times 0 or more; {@code Long.MAX_VALUE} for ever
   */
  public RepeatIter(T element, long times) {
    this.element = element;
    this.left = times;
  }

  @Override
  public boolean hasNext() {
    if (left > 0) {
      return true;
    }
    if (cut) {
      throw closedEarly();
    }
    return false;
  }

  @Override
  public T next() {
    if (left <= 0) {
      throw exhausted();
    }
    return cast(take());
  }

  @Override
  public @Nullable Object advance(int budget) {
    if (left <= 0) {
      if (cut) {
        throw closedEarly();
      }
      return END;
    }
    return take();
  }

  private @Nullable Object take() {
    Object taken = element;
    if (left != Long.MAX_VALUE && --left == 0) {
      element = null;
    }
    return taken;
  }

  @Override
  protected boolean hasEnded() {
    return left <= 0;
  }

  @Override
  protected void release(Closing closing) {
    left = 0;
    element = null;
  }

  @Override
  public boolean spent() {
    return true;
  }
}
