package dev.heddle.queue.blocking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store in priority order: the smallest item first, equal items in the order in which they were added.
 *
 * <p>A binary heap that compares first and moves items afterwards: a comparator that throws must not cost an item, as it may
 * in {@link java.util.PriorityQueue}.
 */
public final class Heap<T> implements Store<T> {

  private record Entry<T>(T item, long number) {}

  private final Comparator<? super T> order;
  private final List<Entry<T>> entries = new ArrayList<>();
  private long next;
  private long previous;

  /** Creates an empty store. */
  public Heap(Comparator<? super T> order) {
    this.order = order;
  }

  private boolean before(Entry<T> a, Entry<T> b) {
    int compared = order.compare(a.item, b.item);
    return compared < 0 || (compared == 0 && a.number < b.number);
  }

  @Override
  public void add(T item) {
    insert(new Entry<>(item, next));
    next++;
  }

  /** Puts the item before all equal ones, for it was the first of them. */
  @Override
  public void giveBack(T item) {
    insert(new Entry<>(item, previous - 1));
    previous--;
  }

  private void insert(Entry<T> entry) {
    int at = entries.size();
    int top = at;
    while (top > 0 && before(entry, entries.get((top - 1) / 2))) {
      top = (top - 1) / 2;
    }
    entries.add(entry);
    while (at != top) {
      entries.set(at, entries.get((at - 1) / 2));
      at = (at - 1) / 2;
    }
    entries.set(top, entry);
  }

  @Override
  public @Nullable T remove() {
    if (entries.isEmpty()) {
      return null;
    }
    int size = entries.size() - 1;
    Entry<T> last = entries.get(size);
    int bottom = 0;
    for (int child = 1; child < size; child = 2 * bottom + 1) {
      if (child + 1 < size && before(entries.get(child + 1), entries.get(child))) {
        child++;
      }
      if (!before(entries.get(child), last)) {
        break;
      }
      bottom = child;
    }
    T first = entries.getFirst().item;
    // From the place found up to the root, each entry moves one level up.
    Entry<T> moving = last;
    for (int at = bottom;; at = (at - 1) / 2) {
      Entry<T> here = entries.set(at, moving);
      if (at == 0) {
        break;
      }
      moving = here;
    }
    entries.remove(size);
    return first;
  }

  @Override
  public List<T> removeAll() {
    Heap<T> copy = new Heap<>(order);
    copy.entries.addAll(entries);
    List<T> all = new ArrayList<>(size());
    for (T item = copy.remove(); item != null; item = copy.remove()) {
      all.add(item);
    }
    entries.clear();
    return all;
  }

  @Override
  public int size() {
    return entries.size();
  }
}
