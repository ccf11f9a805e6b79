package dev.heddle.iter.stages;

import dev.heddle.iter.Group;
import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs of consecutive elements with the same key.
 *
 * <p>This and the groups share one cursor, the {@link #head}: whichever of them reads an element puts it there,
 * and the one that it belongs to takes it.
 */
public final class GroupStage<T extends @Nullable Object, K extends @Nullable Object> extends Stage<T, Group<K, T>> {
  private final Function<? super T, ? extends K> keyOf;

  /** The group that may read; null before the first, and when one is over and the next was not asked for. */
  private @Nullable GroupMembers<K, T> current;

  /** The element read last, unless it was taken: of the current group, or the first of the next one if none is current. */
  private @Nullable Object head;

  /**
   * Whether the head waits to be taken. A store of a number costs less than one of a reference, and this is the inner loop.
   */
  private boolean waiting;

  /** The key of a head that begins a group. */
  private @Nullable Object headKey;

  public GroupStage(Pull<? extends T> up, Function<? super T, ? extends K> keyOf) {
    super(up);
    this.keyOf = keyOf;
  }

  /** Whether a group has another element; it is at the head then. */
  boolean hasMore(GroupMembers<K, T> group) {
    if (current != group) {
      if (cut) {
        throw closedEarly();
      }
      return false;
    }
    if (waiting) {
      return true;
    }
    Object input = up.advance(BUDGET - 1);
    if (input == END) {
      forget();
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
    Object taken = head;
    head = null;
    return cast(taken);
  }

  /** What {@link GroupMembers#ready} answers. */
  @Nullable
  Object readyFor(GroupMembers<K, T> group) {
    if (current != group) {
      if (cut) {
        throw closedEarly();
      }
      return END;
    }
    return waiting ? takeHead() : NEED;
  }

  /** What {@link GroupMembers#offer} answers. */
  @Nullable
  Object offerFor(T input) {
    return read(input) ? takeHead() : END;
  }

  @Override
  protected @Nullable Object ready() {
    return current == null && waiting ? begin() : NEED;
  }

  @Override
  protected @Nullable Object offer(T input) {
    if (!read(input)) {
      return begin();
    }
    waiting = false; // the current group is skipped
    head = null;
    return NEED;
  }

  @Override
  protected @Nullable Object ended() {
    forget();
    return END;
  }

  private GroupMembers<K, T> begin() {
    GroupMembers<K, T> group = new GroupMembers<>(this, up, cast(headKey));
    headKey = null;
    current = group;
    return group;
  }

  @Override
  protected void release(Closing closing) {
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
