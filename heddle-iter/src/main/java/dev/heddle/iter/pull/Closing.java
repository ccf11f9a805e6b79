package dev.heddle.iter.pull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Closes an iterator and all that it reads from; an error in one does not keep the others open.
 *
 * <p>A work list instead of calls from one {@code close} to the next: a chain of 100,000 stages must not overflow the
 * stack.
 */
public final class Closing {
  private final Deque<AutoCloseable> open = new ArrayDeque<>(2);

  /** What is not of this package, and so may not bear being closed twice. */
  private @Nullable Set<Object> seen;

  private @Nullable Throwable first;

  private Closing() {}

  /**
   * Closes those of the given objects that are {@link AutoCloseable}, once each.
   *
   * <p>The first error is thrown when all have been closed, the later ones are suppressed in it; a checked one is wrapped.
   */
  public static void close(Object... candidates) {
    Closing closing = new Closing();
    for (Object candidate : candidates) {
      closing.add(candidate);
    }
    closing.run();
  }

  /** Puts something on the list of what is closed; what cannot be closed is left out. */
  public void add(@Nullable Object candidate) {
    if (candidate instanceof AutoCloseable closeable && (candidate instanceof Pull<?> || isNew(candidate))) {
      open.add(closeable);
    }
  }

  private boolean isNew(Object candidate) {
    if (seen == null) {
      seen = Collections.newSetFromMap(new IdentityHashMap<>());
    }
    return seen.add(candidate);
  }

  private void run() {
    for (AutoCloseable next = open.poll(); next != null; next = open.poll()) {
      try {
        if (next instanceof Pull<?> pull) {
          pull.closeInto(this);
        } else {
          next.close();
        }
      } catch (Throwable e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        join(e);
      }
    }
    rethrow(first);
  }

  private void join(Throwable later) {
    if (first == null) {
      first = later;
    } else if (first != later) {
      first.addSuppressed(later);
    }
  }

  private static void rethrow(@Nullable Throwable error) {
    switch (error) {
      case null -> {
      }
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case IOException e -> throw new UncheckedIOException("closing the source of an Iter failed", e);
      default -> throw new IllegalStateException("closing the source of an Iter failed", error);
    }
  }
}
