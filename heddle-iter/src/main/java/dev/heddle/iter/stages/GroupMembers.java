package dev.heddle.iter.stages;

import dev.heddle.iter.Group;
import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import org.jspecify.annotations.Nullable;

/**
 * The implementation of {@link Group}: a view of the elements that {@link GroupStage} reads.
 *
 * <p>Its methods are written by hand for the case {@code groupBy} of {@code ./heddle bench itertools}.
 */
public final class GroupMembers<K extends @Nullable Object, T extends @Nullable Object> extends Stage<T, T>
    implements
      Group<K, T> {
  private final GroupStage<T, K> groups;
  private final K key;

  GroupMembers(GroupStage<T, K> groups, Pull<? extends T> source, K key) {
    super(source);
    this.groups = groups;
    this.key = key;
  }

  @Override
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
  protected @Nullable Object ready() {
    return groups.readyFor(this);
  }

  @Override
  protected @Nullable Object offer(T input) {
    return groups.offerFor(input);
  }

  @Override
  protected @Nullable Object produce(int budget) {
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
  protected void release(Closing closing) {} // the source belongs to the iterator over the groups

  @Override
  public boolean spent() {
    return true;
  }

  @Override
  public String toString() {
    return "Group[" + key + "]";
  }
}
