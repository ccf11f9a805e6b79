package dev.heddle.iter;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs of consecutive elements with the same key.
 *
 * <p>This and the groups share one cursor, the {@link #head}: who reads an element puts it there, and who it belongs to
 * takes it.
 */
final class GroupStage<T extends @Nullable Object, K extends @Nullable Object> extends Stage<T, Group<K, T>> {
  private final Function<? super T, ? extends K> keyOf;

  /** The group that may read; null before the first, and when one is over and the next was not asked for. */
  private @Nullable Group<K, T> current;

  /** The element read last, unless it was taken: of the current group, or the first of the next one if none is current. */
  private @Nullable Object head;

  /** Whether the head waits to be taken. A store of a number costs less than one of a reference, and this is the inner loop. */
  private boolean waiting;

  /** The key of a head that begins a group. */
  private @Nullable Object headKey;

  GroupStage(Pull<? extends T> up, Function<? super T, ? extends K> keyOf) {
    super(up);
    this.keyOf = keyOf;
  }

  /** Whether a group has another element; it is at the head then. */
  boolean hasMore(Group<K, T> group) {
    if (current != group) {
      return false;
    }
    if (waiting) {
      return true;
    }
    Object input = up.advance(BUDGET - 1);
    if (input == END) {
      current = null;
      return false;
    }
    return read(cast(input));
  }

  /** Puts an element at the head; whether it belongs to the current group, which is over if not. */
  private boolean read(T element) {
    waiting = false; // if there is no key, then no head
    K key = keyOf.apply(element);
    head = element;
    waiting = true;
    if (current != null && Objects.equals(key, current.key())) {
      return true;
    }
    headKey = key;
    current = null;
    return false;
  }

  T takeHead() {
    waiting = false;
    return cast(head);
  }

  /** What {@link Group#ready} answers. */
  @Nullable
  Object readyFor(Group<K, T> group) {
    if (current != group) {
      return END;
    }
    return waiting ? takeHead() : NEED;
  }

  /** What {@link Group#offer} answers. */
  @Nullable
  Object offerFor(T input) {
    return read(input) ? takeHead() : END;
  }

  @Override
  @Nullable
  Object ready() {
    return current == null && waiting ? begin() : NEED;
  }

  @Override
  @Nullable
  Object offer(T input) {
    if (!read(input)) {
      return begin();
    }
    waiting = false; // the current group is skipped
    return NEED;
  }

  @Override
  @Nullable
  Object ended() {
    forget();
    return END;
  }

  private Group<K, T> begin() {
    Group<K, T> group = new Group<>(this, up, cast(headKey));
    headKey = null;
    current = group;
    return group;
  }

  @Override
  void release(Closing closing) {
    forget();
    super.release(closing);
  }

  private void forget() {
    current = null;
    waiting = false;
    head = null;
    headKey = null;
  }
}
