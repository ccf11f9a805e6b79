package dev.heddle.iter.sharing;

import dev.heddle.iter.Iter;
import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of several iterators over the same elements; what it has read and another has not is kept in a linked list.
 *
 * <p>Its methods are its own: the source is guarded while a branch reads it, and {@code hasNext} takes nothing from it.
 */
public final class TeeStage<T extends @Nullable Object> extends Stage<T, T> {

  /** An element (unless it is the last cell, which waits for one). */
  private static final class Cell {
    private @Nullable Object element;
    private @Nullable Cell next;
  }

  /** The state that the branches share. */
  private static final class Trunk {
    private Cell tail = new Cell();
    private int openBranches;

    /** Whether a branch is reading the source: that must not ask a branch, and no other thread may. */
    private boolean reading;

    void begin() {
      if (reading) {
        throw new IllegalStateException(
            "a branch of tee was asked for an element while another one was reading the source: by the source itself, which must"
                + " read from its own source instead, or by another thread, for which there is concurrentTee");
      }
      reading = true;
    }
  }

  private final Trunk trunk;
  private Cell position;

  private TeeStage(Pull<? extends T> up, Trunk trunk) {
    super(up);
    this.trunk = trunk;
    this.position = trunk.tail;
    trunk.openBranches++;
  }

  public static <T extends @Nullable Object> List<Iter<T>> branches(Pull<? extends T> source, int n) {
    Trunk trunk = new Trunk();
    List<Iter<T>> branches = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      branches.add(new TeeStage<>(source, trunk));
    }
    return branches;
  }

  @Override
  public boolean hasNext() {
    return isDirect() ? position.next != null || asked() : super.hasNext();
  }

  @Override
  public T next() {
    return isDirect() ? Pull.<T>cast(position.next != null ? ready() : offer(taken())) : super.next();
  }

  private boolean asked() {
    trunk.begin();
    try {
      return upHasNext();
    } finally {
      trunk.reading = false;
    }
  }

  private T taken() {
    trunk.begin();
    try {
      return up.next();
    } finally {
      trunk.reading = false;
    }
  }

  @Override
  protected @Nullable Object ready() {
    Cell here = position;
    if (here.next == null) {
      return NEED;
    }
    position = here.next;
    return here.element;
  }

  @Override
  protected @Nullable Object offer(T input) {
    Cell filled = trunk.tail;
    filled.element = input;
    filled.next = new Cell();
    trunk.tail = filled.next;
    return isClosed() ? input : ready(); // closed by the source, while it was read: then the element is for the others too
  }

  @Override
  protected @Nullable Object produce(int budget) {
    if (budget <= 0) {
      return drive(this);
    }
    if (position.next != null) {
      return ready();
    }
    Object input;
    trunk.begin();
    try {
      input = up.advance(budget - 1);
    } finally {
      trunk.reading = false;
    }
    return input == END ? END : offer(cast(input));
  }

  @Override
  protected void release(Closing closing) {
    position = new Cell(); // what only this branch held back can go
    if (--trunk.openBranches == 0) {
      closing.add(up);
    }
  }
}
