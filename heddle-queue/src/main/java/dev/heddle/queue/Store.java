package dev.heddle.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a queue holds, in the order in which it hands it out. Not thread-safe: the queue's lock guards it. */
interface Store<T> {

  /** Adds an item; if this throws (a comparator may), nothing has changed. */
  void add(T item);

  /** Puts an item back that was removed last. */
  void giveBack(T item);

  /** Removes the next item, null if there is none; if this throws, nothing has changed. */
  @Nullable
  T remove();

  /** Removes everything, in the order in which it would be handed out; if this throws, nothing has changed. */
  default List<T> removeAll() {
    List<T> all = new ArrayList<>(size());
    for (T item = remove(); item != null; item = remove()) {
      all.add(item);
    }
    return all;
  }

  int size();

  /** First in, first out. */
  final class Fifo<T> implements Store<T> {
    private final ArrayDeque<T> items = new ArrayDeque<>();

    @Override
    public void add(T item) {
      items.addLast(item);
    }

    @Override
    public void giveBack(T item) {
      items.addFirst(item);
    }

    @Override
    public @Nullable T remove() {
      return items.pollFirst();
    }

    @Override
    public int size() {
      return items.size();
    }
  }

  /** Last in, first out. */
  final class Lifo<T> implements Store<T> {
    private final ArrayDeque<T> items = new ArrayDeque<>();

    @Override
    public void add(T item) {
      items.addLast(item);
    }

    @Override
    public void giveBack(T item) {
      items.addLast(item);
    }

    @Override
    public @Nullable T remove() {
      return items.pollLast();
    }

    @Override
    public int size() {
      return items.size();
    }
  }
}
