package dev.heddle.iter;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of several iterators over the same elements; it keeps in a queue what another one has read and it has not. */
final class TeeStage<T extends @Nullable Object> extends Stage<T, T> {

  /** All that were not closed yet: who reads an element hands it to the others. */
  private final List<TeeStage<T>> open;

  private final Fifo<T> kept = new Fifo<>();

  private TeeStage(Pull<? extends T> up, List<TeeStage<T>> open) {
    super(up);
    this.open = open;
  }

  static <T extends @Nullable Object> List<Iter<T>> branches(Pull<? extends T> source, int n) {
    List<TeeStage<T>> open = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      open.add(new TeeStage<>(source, open));
    }
    return new ArrayList<>(open);
  }

  @Override
  public boolean hasNext() {
    return isDirect() ? !kept.isEmpty() || upHasNext() : super.hasNext();
  }

  @Override
  public T next() {
    if (!isDirect()) {
      return super.next();
    }
    return kept.isEmpty() ? share(up.next()) : kept.remove();
  }

  private T share(T element) {
    for (int i = 0; i < open.size(); i++) {
      TeeStage<T> branch = open.get(i);
      if (branch != this) {
        branch.kept.add(element);
      }
    }
    return element;
  }

  @Override
  @Nullable Object ready() {
    return kept.isEmpty() ? NEED : kept.remove();
  }

  @Override
  @Nullable Object offer(T input) {
    return share(input);
  }

  @Override
  @Nullable Object produce(int budget) {
    if (budget <= 0) {
      return drive(this);
    }
    if (!kept.isEmpty()) {
      return kept.remove();
    }
    Object input = up.advance(budget - 1);
    return input == END ? END : share(cast(input));
  }

  @Override
  void release(Closing closing) {
    kept.clear();
    open.remove(this);
    if (open.isEmpty()) {
      closing.add(up);
    }
  }
}
