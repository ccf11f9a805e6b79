package dev.heddle.iter;

import org.jspecify.annotations.Nullable;

/**
 * A run of consecutive elements with the same key, made by {@code groupBy}.
 *
 * <p>A group reads from the same source as the iterator that handed it out. Once that iterator moves on (its {@code
 * hasNext} or {@code next} looks for the next group), the elements of this one that were not read are skipped and this
 * group has no more: collect with {@link #toList()} what is needed later. Closing a group closes nothing else.
 *
 * <p>Not thread-safe. Origin: {@code itertools.groupby}.
 *
 * @param <K> the type of the key
 * @param <T> the type of the elements
 */
public final class Group<K extends @Nullable Object, T extends @Nullable Object> extends Stage<T, T> {
  private final GroupStage<T, K> groups;
  private final K key;

  Group(GroupStage<T, K> groups, Pull<? extends T> source, K key) {
    super(source);
    this.groups = groups;
    this.key = key;
  }

  /** The key that all elements of the group have. */
  public K key() {
    return key;
  }

  @Override
  public boolean hasNext() {
    return isDirect() ? groups.hasMore(this) : super.hasNext();
  }

  @Override
  public T next() {
    return isDirect() && groups.hasMore(this) ? groups.takeHead() : super.next();
  }

  @Override
  @Nullable
  Object ready() {
    return groups.readyFor(this);
  }

  @Override
  @Nullable
  Object offer(T input) {
    return groups.offerFor(input);
  }

  @Override
  @Nullable
  Object produce(int budget) {
    if (budget <= 0) {
      return drive(this);
    }
    Object head = ready();
    if (head != NEED) {
      return head;
    }
    Object input = up.advance(budget - 1);
    return input == END ? END : offer(cast(input));
  }

  @Override
  void release(Closing closing) {} // the source belongs to the iterator over the groups

  @Override
  boolean spent() {
    return true;
  }

  @Override
  public String toString() {
    return "Group[" + key + "]";
  }
}
