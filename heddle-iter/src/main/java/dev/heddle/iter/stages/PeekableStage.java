package dev.heddle.iter.stages;

import dev.heddle.base.Check;
import dev.heddle.iter.Peekable;
import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Fifo;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import org.jspecify.annotations.Nullable;

/** The implementation of {@link Peekable}. */
public final class PeekableStage<T extends @Nullable Object> extends Stage<T, T> implements Peekable<T> {
  private final Fifo<T> prepended = new Fifo<>();

  public PeekableStage(Pull<? extends T> up) {
    super(up);
  }

  @Override
  public T peek() {
    if (!hasNext()) {
      throw exhausted();
    }
    return cast(ahead());
  }

  @Override
  public T peekOr(T other) {
    return hasNext() ? cast(ahead()) : other;
  }

  @Override
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public final void prepend(T... elements) {
    Check.notNull(elements, "elements");
    if (isClosed()) {
      throw new IllegalStateException("a closed Peekable takes no elements back; prepend before closing it");
    }
    Object ahead = ahead();
    if (ahead != NEED && ahead != END) {
      prepended.addFirst(cast(ahead));
    }
    forgetAhead();
    for (int i = elements.length - 1; i >= 0; i--) {
      prepended.addFirst(elements[i]);
    }
  }

  @Override
  protected void release(Closing closing) {
    prepended.clear();
    super.release(closing);
  }

  @Override
  protected @Nullable Object ready() {
    return prepended.isEmpty() ? NEED : prepended.remove();
  }

  @Override
  protected @Nullable Object offer(T input) {
    return input;
  }
}
