package dev.heddle.queue.blocking;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The items of a queue, in the order in which they are taken. Not thread-safe: the lock of the queue guards it. */
public interface Store<T> {

  /** Adds an item; if this throws, as a comparator may, nothing has changed. */
  void add(T item);

  /** Puts back the item that was removed last, as the next one to be removed. */
  void giveBack(T item);

  /** Removes the next item; returns null if there is none. If this throws, nothing has changed. */
  @Nullable
  T remove();

  /** Removes all items, in the order in which they would be taken; if this throws, nothing has changed. */
  default List<T> removeAll() {
    List<T> all = new ArrayList<>(size());
    for (T item = remove(); item != null; item = remove()) {
      all.add(item);
    }
    return all;
  }

  /** Returns the number of items. */
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
