package dev.heddle.iter.sharing;

import dev.heddle.iter.Iter;
import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One of several iterators over the same elements; what it has read and another has not is kept in a linked list.
 *
 * <p>Its methods are its own: the source is guarded while a branch reads it, and {@code hasNext} takes nothing from it. Two
 * threads either take turns, and all is right, or are refused.
 */
public final class TeeStage<T extends @Nullable Object> extends Stage<T, T> {

  /** An element, once the reference to the next cell is set, which publishes it. */
  @SuppressWarnings("serial") // not serialized
  private static final class Cell extends AtomicReference<@Nullable Cell> {
    private @Nullable Object element;
  }

  /** The state that the branches share. */
  @SuppressWarnings("serial") // not serialized
  private static final class Trunk extends OneReader {
    private final AtomicInteger openBranches;

    /** The cell that waits for an element; changed by the one reader. */
    private Cell tail = new Cell();

    Trunk(int branches) {
      this.openBranches = new AtomicInteger(branches);
    }

    void append(@Nullable Object element) {
      Cell filled = tail;
      Cell empty = new Cell();
      filled.element = element;
      tail = empty;
      filled.setRelease(empty);
    }
  }

  private final Trunk trunk;
  private Cell position;

  private TeeStage(Pull<? extends T> up, Trunk trunk) {
    super(up);
    this.trunk = trunk;
    this.position = trunk.tail;
  }

  public static <T extends @Nullable Object> List<Iter<T>> branches(Pull<? extends T> source, int n) {
    Trunk trunk = new Trunk(n);
    List<Iter<T>> branches = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      branches.add(new TeeStage<>(source, trunk));
    }
    return branches;
  }

  @Override
  public boolean hasNext() {
    return isDirect() ? position.getAcquire() != null || asked() : super.hasNext();
  }

  @Override
  public T next() {
    return isDirect() ? Pull.<T>cast(position.getAcquire() != null ? ready() : taken()) : super.next();
  }

  private boolean asked() {
    boolean asFirst = trunk.enter();
    try {
      return position.getAcquire() != null || upHasNext(); // another thread may just have read one
    } finally {
      trunk.leave(asFirst);
    }
  }

  private @Nullable Object taken() {
    boolean asFirst = trunk.enter();
    try {
      return position.getAcquire() != null ? ready() : passedOn(up.next());
    } finally {
      trunk.leave(asFirst);
    }
  }

  /** Keeps an element for the others. */
  private @Nullable Object passedOn(@Nullable Object input) {
    trunk.append(input);
    return isClosed() ? input : ready(); // closed by the source, while it was read: then the element is for the others too
  }

  @Override
  protected @Nullable Object ready() {
    Cell here = position;
    Cell next = here.getAcquire();
    if (next == null) {
      return NEED;
    }
    position = next;
    return here.element;
  }

  /** Takes an element that was read without a guard: by the loop that drives a deep pipeline. */
  @Override
  protected @Nullable Object offer(T input) {
    boolean asFirst = trunk.enter();
    try {
      if (position.getAcquire() != null) {
        throw OneReader.refused();
      }
      return passedOn(input);
    } finally {
      trunk.leave(asFirst);
    }
  }

  @Override
  protected @Nullable Object produce(int budget) {
    if (budget <= 0) {
      return drive(this);
    }
    if (position.getAcquire() != null) {
      return ready();
    }
    boolean asFirst = trunk.enter();
    try {
      if (position.getAcquire() != null) {
        return ready();
      }
      Object input = up.advance(budget - 1);
      return input == END ? END : passedOn(input);
    } finally {
      trunk.leave(asFirst);
    }
  }

  @Override
  protected void release(Closing closing) {
    position = new Cell(); // what only this branch held back can go
    if (trunk.openBranches.decrementAndGet() == 0) {
      closing.add(up);
    }
  }
}
