package dev.heddle.iter;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs of consecutive elements with the same key, read from the upstream by the groups themselves. */
final class GroupStage<T extends @Nullable Object, K extends @Nullable Object> extends Stage<T, Group<K, T>> {
  private final Function<? super T, ? extends K> keyOf;
  private @Nullable Group<K, T> current;

  /** The element that began the next run, found by the current group; {@link #NEED}: none was found. */
  private @Nullable Object head = NEED;

  private @Nullable Object headKey;

  GroupStage(Pull<? extends T> up, Function<? super T, ? extends K> keyOf) {
    super(up);
    this.keyOf = keyOf;
  }

  boolean isCurrent(Group<K, T> group) {
    return current == group;
  }

  /** Whether an element belongs to the current group; if not, it is kept as the head of the next. */
  boolean continues(T element) {
    K key = keyOf.apply(element);
    if (current != null && Objects.equals(key, current.key())) {
      return true;
    }
    head = element;
    headKey = key;
    return false;
  }

  @Override
  @Nullable Object ready() {
    return head == NEED ? NEED : begin();
  }

  @Override
  @Nullable Object offer(T input) {
    return continues(input) ? NEED : begin();
  }

  @Override
  @Nullable Object ended() {
    current = null;
    return END;
  }

  private Group<K, T> begin() {
    Group<K, T> group = new Group<>(this, up, cast(headKey), head);
    head = NEED;
    headKey = null;
    current = group;
    return group;
  }

  @Override
  void release(Closing closing) {
    current = null;
    super.release(closing);
  }
}
