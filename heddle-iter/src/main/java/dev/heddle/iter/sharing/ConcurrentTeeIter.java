package dev.heddle.iter.sharing;

import dev.heddle.iter.Iter;
import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Lookahead;
import dev.heddle.iter.pull.Pull;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One of several iterators over the same elements, for one thread each. */
public final class ConcurrentTeeIter<T extends @Nullable Object> extends Lookahead<T> {

  /** An element, once {@code next} is set; the volatile write publishes it. */
  private static final class Cell {
    private @Nullable Object element;
    private volatile @Nullable Cell next;
  }

  /** The state that the iterators share. */
  private static final class Trunk<T extends @Nullable Object> {
    private final TurnLock turns = new TurnLock();
    private final AtomicInteger openBranches;
    private final Pull<T> source;

    /** The cell that waits for an element; guarded by the lock. */
    private Cell tail;

    Trunk(Pull<T> source, int branches, Cell tail) {
      this.source = source;
      this.openBranches = new AtomicInteger(branches);
      this.tail = tail;
    }

    /** Whether there is an element in the given cell: another thread's, or one that is read now. */
    boolean fill(Cell cell) {
      return turns.inTurn(() -> cell.next != null || readInto(tail));
    }

    private boolean readInto(Cell last) {
      Object element = source.advance(BUDGET);
      if (element == END) {
        return false;
      }
      Cell empty = new Cell();
      last.element = element;
      tail = empty;
      last.next = empty;
      return true;
    }
  }

  private final Trunk<T> trunk;
  private Cell position;

  private ConcurrentTeeIter(Trunk<T> trunk, Cell position) {
    this.trunk = trunk;
    this.position = position;
  }

  public static <T extends @Nullable Object> List<Iter<T>> branches(Pull<T> source, int n) {
    Cell start = new Cell();
    Trunk<T> trunk = new Trunk<>(source, n, start);
    List<Iter<T>> branches = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      branches.add(new ConcurrentTeeIter<>(trunk, start));
    }
    return branches;
  }

  @Override
  protected @Nullable Object produce(int budget) {
    Cell here = position;
    if (here.next == null && !trunk.fill(here)) {
      return END;
    }
    Cell next = here.next;
    position = next == null ? here : next;
    return here.element;
  }

  @Override
  protected void release(Closing closing) {
    position = new Cell(); // what only this one held back can go
    if (trunk.openBranches.decrementAndGet() == 0) {
      closing.add(trunk.source);
    }
  }
}
