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

    Cell append(@Nullable Object element) {
      Cell filled = tail;
      Cell empty = new Cell();
      filled.element = element;
      tail = empty;
      filled.setRelease(empty);
      return empty;
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
    if (!isDirect()) {
      return super.next();
    }
    Cell next = position.getAcquire();
    return Pull.<T>cast(next == null ? taken() : goTo(next));
  }

  private boolean asked() {
    boolean asFirst = trunk.enter();
    try {
      return isFilledMeanwhile(asFirst) || upHasNext();
    } finally {
      trunk.leave(asFirst);
    }
  }

  private @Nullable Object taken() {
    boolean asFirst = trunk.enter();
    try {
      return isFilledMeanwhile(asFirst) ? ready() : passedOn(up.next());
    } finally {
      trunk.leave(asFirst);
    }
  }

  /** Whether another thread has read an element since this one saw that there is none. */
  private boolean isFilledMeanwhile(boolean asFirst) {
    return !asFirst && position.getAcquire() != null;
  }

  /** Keeps an element for the others. */
  private @Nullable Object passedOn(@Nullable Object input) {
    Cell next = trunk.append(input);
    if (!isClosed()) { // if it was closed by the source, while that was read, the element is for the others all the same
      position = next;
    }
    return input;
  }

  @Override
  protected @Nullable Object ready() {
    Cell next = position.getAcquire();
    return next == null ? NEED : goTo(next);
  }

  /** The element before a cell. */
  private @Nullable Object goTo(Cell next) {
    Object element = position.element;
    position = next;
    return element;
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
      if (isFilledMeanwhile(asFirst)) {
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
