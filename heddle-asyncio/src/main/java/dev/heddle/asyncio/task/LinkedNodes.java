package dev.heddle.asyncio.task;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A doubly linked list through its elements: adding and removing cost no search and no allocation. An element is in one list
 * at a time.
 *
 * @param <N> the type of the elements
 */
public final class LinkedNodes<N extends LinkedNodes.Node<N>> {

  /** An element, which stores its neighbours. */
  public interface Node<N> {
    /** The element before it. */
    @Nullable
    N previous();

    /** The element after it. */
    @Nullable
    N next();

    /** Stores both neighbours. */
    void link(@Nullable N previous, @Nullable N next);
  }

  private @Nullable N first;
  private @Nullable N last;

  /** An empty list. */
  public LinkedNodes() {}

  /** Whether it has no elements. */
  public boolean isEmpty() {
    return first == null;
  }

  /** Adds an element at the end. */
  public void add(N node) {
    N before = last;
    node.link(before, null);
    if (before == null) {
      first = node;
    } else {
      before.link(before.previous(), node);
    }
    last = node;
  }

  /** Removes an element, which must be in this list. */
  public void remove(N node) {
    N before = node.previous();
    N after = node.next();
    node.link(null, null);
    if (before == null) {
      first = after;
    } else {
      before.link(before.previous(), after);
    }
    if (after == null) {
      last = before;
    } else {
      after.link(before, after.next());
    }
  }

  /** The first element; null if there is none. */
  public @Nullable N first() {
    return first;
  }

  /** Calls an action for each element in order; the action must not change the list. */
  public void forEach(Consumer<? super N> action) {
    for (N each = first; each != null; each = each.next()) {
      action.accept(each);
    }
  }
}
