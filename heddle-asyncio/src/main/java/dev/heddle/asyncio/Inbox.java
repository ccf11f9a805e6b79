package dev.heddle.asyncio;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What other threads want a loop to run, first in, first out.
 *
 * <p>Lock-free: a stack that any thread pushes to, and that the loop takes as a whole and turns round. Adding something
 * happens-before it is taken.
 */
final class Inbox {
  private record Node(@Nullable Runnable item, @Nullable Node below) {}

  private static final Node CLOSED = new Node(null, null);

  private final AtomicReference<@Nullable Node> top = new AtomicReference<>();

  /** Adds something; false if the inbox is closed. */
  boolean add(Runnable item) {
    while (true) {
      Node below = top.get();
      if (below == CLOSED) {
        return false;
      }
      if (top.compareAndSet(below, new Node(item, below))) {
        return true;
      }
    }
  }

  boolean isEmpty() {
    Node node = top.get();
    return node == null || node == CLOSED;
  }

  /** Hands all that is in it to a consumer, the oldest first. */
  void drainTo(Consumer<Runnable> consumer) {
    if (!isEmpty()) {
      handOut(top.getAndSet(null), consumer);
    }
  }

  /** Accepts nothing more, and hands out what is in it. */
  void close(Consumer<Runnable> consumer) {
    handOut(top.getAndSet(CLOSED), consumer);
  }

  private static void handOut(@Nullable Node all, Consumer<Runnable> consumer) {
    Node oldest = null;
    for (Node each = all; each != null && each.item != null; each = each.below) {
      oldest = new Node(each.item, oldest);
    }
    for (Node each = oldest; each != null && each.item != null; each = each.below) {
      consumer.accept(each.item);
    }
  }
}
