package dev.heddle.iter.combine;

import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Passed;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.SourceIter;
import dev.heddle.iter.pull.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several sources, one after the other.
 *
 * <p>The sources are cells of a linked list, and a chain is a stretch of such a list. A chain of a chain and more is a
 * longer stretch of the same list, so {@code chain = chain(chain, x)} in a loop costs one cell each time and not one
 * level, while each of the chains can still be used and sees what the others took.
 *
 * <p>{@code hasNext} and {@code next} are written by hand for the case {@code chain} of {@code ./heddle bench itertools}.
 */
public final class ChainStage<T extends @Nullable Object> extends Stage<T, T> {

  /** One source, opened when its turn comes. */
  private static final class Cell {
    private @Nullable Iterable<?> source;
    private @Nullable Pull<?> elements;
    private @Nullable Cell next;

    /** An element that a chain computed ahead: it is there for every chain that has this cell. */
    private @Nullable Object ahead = NEED;

    Cell(Iterable<?> source) {
      this.source = source;
    }

    Pull<?> open() {
      Pull<?> opened = elements;
      if (opened == null) {
        opened = Pull.over(source, "source");
        elements = opened;
        source = null;
      }
      return opened;
    }

    void release(Closing closing) {
      closing.add(elements);
      closing.add(source);
      elements = SourceIter.none();
      source = null;
      ahead = NEED;
    }
  }

  private final Passed passed = new Passed();
  private Cell cell;
  private Cell last;

  /** The source of the cell when it is known to have had a next element; nothing of such a source is ever computed ahead. */
  private @Nullable SourceIter<?> current;

  public ChainStage(List<? extends Iterable<? extends T>> sources) {
    super(SourceIter.none());
    ChainStage<?> front = extendable(sources);
    int from = 0;
    if (front == null) {
      cell = new Cell(sources.isEmpty() ? SourceIter.none() : sources.getFirst());
      last = cell;
      from = 1;
    } else {
      cell = front.cell;
      last = front.last;
      passed.addAll(front.passed);
      from = 1;
    }
    for (int i = from; i < sources.size(); i++) {
      Iterable<?> source = sources.get(i);
      if (front == null && i == sources.size() - 1 && source instanceof ChainStage<?> tail && !tail.isClosed()) {
        last.next = tail.cell; // the cells so far are new, so no ring can come of it
        last = tail.last;
        passed.addAll(tail.passed);
      } else {
        last.next = new Cell(source);
        last = last.next;
      }
    }
  }

  /** Returns the first source if it is a chain that has not been extended yet. */
  private static @Nullable ChainStage<?> extendable(List<? extends Iterable<?>> sources) {
    return !sources.isEmpty()
        && sources.getFirst() instanceof ChainStage<?> chain
        && !chain.isClosed()
        && chain.last.next == null
            ? chain
            : null;
  }

  @Override
  public boolean hasNext() {
    SourceIter<?> source = current;
    return (source != null && source.hasNext()) || findNext();
  }

  private boolean findNext() {
    current = null;
    while (ahead() != END && cell.ahead == NEED) {
      Pull<?> source = cell.open();
      if (!(source instanceof SourceIter<?> direct)) {
        return fetch(); // from a pipeline, which may be too deep to be asked on the thread's stack
      }
      if (direct.hasNext()) {
        current = direct;
        return true;
      }
      if (!step(source)) {
        slot = END;
      }
    }
    if (ahead() != END) {
      return true;
    }
    if (cut) {
      throw closedEarly();
    }
    return false;
  }

  private boolean fetch() {
    if (!super.hasNext()) {
      return false;
    }
    cell.ahead = takeAhead();
    return true;
  }

  @Override
  public T next() {
    SourceIter<?> source = current;
    return source != null && source.hasNext() ? Pull.<T>cast(source.take()) : super.next();
  }

  @Override
  protected @Nullable Object produce(int budget) {
    if (budget <= 0) {
      return drive(this);
    }
    while (cell.ahead == NEED) {
      Pull<?> source = cell.open();
      Object element = source.advance(budget - 1);
      if (element != END) {
        return element;
      }
      if (!step(source)) {
        return END;
      }
    }
    Object element = cell.ahead;
    cell.ahead = NEED;
    return element;
  }

  @Override
  protected @Nullable Object ready() {
    up = cast(cell.open());
    Object ahead = cell.ahead;
    cell.ahead = NEED;
    return ahead;
  }

  @Override
  protected @Nullable Object offer(T input) {
    return input;
  }

  @Override
  protected @Nullable Object ended() {
    return step(up) ? ready() : END;
  }

  /** Goes on to the next source when one has ended; false if that was the last. */
  private boolean step(Pull<?> ended) {
    passed.add(ended);
    Cell next = cell.next;
    if (cell == last || next == null) {
      return false;
    }
    cell = next;
    return true;
  }

  @Override
  protected void release(Closing closing) {
    current = null;
    passed.release(closing);
    for (Cell each = cell; each != null; each = each == last ? null : each.next) {
      each.release(closing);
    }
  }

  @Override
  protected boolean isLinear() {
    return false;
  }
}
