package dev.heddle.iter.sharing;

import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Lookahead;
import dev.heddle.iter.pull.Pull;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** One iterator for many threads: each element is taken by one of them, under a lock. */
public final class SerializedIter<T extends @Nullable Object> extends Pull<T> {
  private final TurnLock turns = new TurnLock();
  private final Pull<T> source;

  /** What hasNext on the shared object computed ahead; guarded by the lock. */
  private @Nullable Object ahead = NEED;

  public SerializedIter(Pull<T> source) {
    this.source = source;
  }

  @Override
  public @Nullable Object advance(int budget) {
    return turns.<@Nullable Object>inTurn(
        () -> {
          Object value = ahead == NEED ? source.advance(BUDGET) : ahead;
          ahead = value == END || isClosed() ? END : NEED;
          return value;
        });
  }

  @Override
  public boolean hasNext() {
    return turns.inTurn(
        () -> {
          if (ahead == NEED) {
            Object value = source.advance(BUDGET);
            ahead = isClosed() ? END : value;
          }
          return ahead != END;
        });
  }

  @Override
  public T next() {
    Object value = advance(BUDGET);
    if (value == END) {
      throw isClosed() ? closedByOne() : exhausted();
    }
    return cast(value);
  }

  private static NoSuchElementException closedByOne() {
    return new NoSuchElementException(
        "this shared Iter was closed by one of its threads and has no next element for any; ask hasNext() first");
  }

  /** A view for one loop in one thread: no other thread can take the element between its hasNext and its next. */
  @Override
  public Iterator<T> iterator() {
    return new View<>(this);
  }

  private static final class View<T extends @Nullable Object> extends Lookahead<T> {
    private final SerializedIter<T> shared;

    View(SerializedIter<T> shared) {
      this.shared = shared;
    }

    @Override
    protected @Nullable Object produce(int budget) {
      return shared.advance(budget);
    }
  }

  @Override
  protected void closeInto(Closing closing) {
    turns.certainly(
        () -> {
          ahead = END;
          super.closeInto(closing);
        });
  }

  /** True: a thread that closes a shared iterator does so to end the loops of the others. */
  @Override
  protected boolean hasEnded() {
    return true;
  }

  @Override
  protected void release(Closing closing) {
    closing.add(source);
  }

  @Override
  public boolean spent() {
    return false;
  }
}
