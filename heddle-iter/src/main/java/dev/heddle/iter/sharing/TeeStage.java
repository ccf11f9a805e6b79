package dev.heddle.iter.sharing;

import dev.heddle.iter.Iter;
import dev.heddle.iter.Pair;
import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One of several iterators over the same elements; what it has read and another has not is kept in a linked list.
 *
 * <p>Its methods are its own, for the case {@code tee} of {@code ./heddle bench itertools}: the source is guarded while a branch
 * reads it, and an element that {@code hasNext} reads is in the list at once, so that one guarded step is enough for each element.
 * Two threads either take turns, and all is right, or are refused.
 */
public final class TeeStage<T extends @Nullable Object> extends Stage<T, T> {

  /** An element, once the reference to the next cell is set, which publishes it; before, the place for the next element. */
  @SuppressWarnings("serial") // not serialized
  private static final class Cell extends AtomicReference<@Nullable Cell> {
    private @Nullable Object element;

    /** Puts an element here, for all branches; false if it is {@link #END}. */
    boolean fill(@Nullable Object read) {
      if (read == END) {
        return false;
      }
      element = read;
      setRelease(new Cell());
      return true;
    }
  }

  /** The state that the branches share. */
  @SuppressWarnings("serial") // not serialized
  private static final class Trunk extends OneReader {
    private final AtomicInteger openBranches;

    Trunk(int branches) {
      this.openBranches = new AtomicInteger(branches);
    }
  }

  private final Trunk trunk;

  /** The cell of the next element; the end of the list if that was not read. */
  private Cell position;

  private TeeStage(Pull<? extends T> up, Trunk trunk, Cell start) {
    super(up);
    this.trunk = trunk;
    this.position = start;
  }

  /** Two branches, which the JIT compiler can do without if they are used where they are made. */
  public static <T extends @Nullable Object> Pair<Iter<T>, Iter<T>> two(Pull<? extends T> source) {
    Trunk trunk = new Trunk(2);
    Cell start = new Cell();
    return new Pair<>(new TeeStage<>(source, trunk, start), new TeeStage<>(source, trunk, start));
  }

  public static <T extends @Nullable Object> List<Iter<T>> branches(Pull<? extends T> source, int n) {
    Trunk trunk = new Trunk(n);
    Cell start = new Cell();
    List<Iter<T>> branches = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      branches.add(new TeeStage<>(source, trunk, start));
    }
    return branches;
  }

  @Override
  public boolean hasNext() {
    if (!isDirect()) {
      return super.hasNext();
    }
    Cell here = position;
    if (here.getAcquire() == null && !read(here, BUDGET - 1)) {
      slot = END;
    }
    if (slot != END) {
      return true;
    }
    if (cut) { // it was closed from within
      throw closedEarly();
    }
    return false;
  }

  @Override
  public T next() {
    if (!isDirect()) {
      return super.next();
    }
    Cell next = position.getAcquire();
    return Pull.<T>cast(next == null ? readOrFail() : goTo(next));
  }

  private @Nullable Object readOrFail() {
    Object element = produce(BUDGET);
    if (element == END) {
      slot = END;
      throw exhausted();
    }
    return element;
  }

  /** Reads the next element of the source, unless another thread has read it; false if there is none. */
  private boolean read(Cell here, int budget) {
    if (!trunk.enterAlone()) {
      return readShared(here, budget);
    }
    try {
      return here.fill(up.advance(budget));
    } finally {
      trunk.leaveAlone();
    }
  }

  private boolean readShared(Cell here, int budget) {
    trunk.enterShared();
    try {
      return here.getAcquire() != null || here.fill(up.advance(budget));
    } finally {
      trunk.leaveShared();
    }
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

  @Override
  protected @Nullable Object produce(int budget) {
    if (budget <= 0) {
      return drive(this);
    }
    Cell here = position;
    return here.getAcquire() != null || read(here, budget - 1) ? taken(here) : END;
  }

  /** Takes an element that was read without a guard: by the loop that drives a deep pipeline. */
  @Override
  protected @Nullable Object offer(T input) {
    Cell here = position;
    boolean alone = trunk.enterAlone();
    if (!alone) {
      trunk.enterShared();
    }
    try {
      if (here.getAcquire() != null) {
        throw OneReader.refused();
      }
      here.fill(input);
    } finally {
      if (alone) {
        trunk.leaveAlone();
      } else {
        trunk.leaveShared();
      }
    }
    return taken(here);
  }

  /** The element of a cell, which is followed by another now. */
  private @Nullable Object taken(Cell here) {
    if (!isClosed()) { // if the source has closed it, while that was read, the element is for the others all the same
      position = Objects.requireNonNull(here.getAcquire());
    }
    return here.element;
  }

  @Override
  protected void release(Closing closing) {
    position = new Cell(); // what only this branch held back can go
    if (trunk.openBranches.decrementAndGet() == 0) {
      closing.add(up);
    }
  }
}
