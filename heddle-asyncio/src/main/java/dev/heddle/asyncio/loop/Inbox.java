package dev.heddle.asyncio.loop;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The callbacks that other threads have posted to a loop, in the order of posting.
 *
 * <p>Thread-safe and lock-free: a stack to which any thread pushes; the loop takes it as a whole and reverses it. Adding a
 * callback happens-before it is handed out.
 */
final class Inbox {
  private record Node(@Nullable Runnable item, @Nullable Node below) {}

  private static final Node CLOSED = new Node(null, null);

  private final AtomicReference<@Nullable Node> top = new AtomicReference<>();

  /** Adds a callback; false if the inbox is closed. */
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

  /** Removes all callbacks and hands them to a consumer, the oldest first. */
  void drainTo(Consumer<Runnable> consumer) {
    if (!isEmpty()) {
      handOut(top.getAndSet(null), consumer);
    }
  }

  /** Closes it, and hands the callbacks in it to a consumer. */
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
