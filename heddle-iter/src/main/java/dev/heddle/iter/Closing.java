package dev.heddle.iter;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Closes several things, each whatever becomes of the others. */
final class Closing {
  private Closing() {}

  /**
   * Closes those of the given objects that are {@link AutoCloseable}, once each.
   *
   * <p>The first error is thrown when all have been closed, the later ones are suppressed in it; a checked one is wrapped.
   */
  static void close(Object... candidates) {
    Throwable first = null;
    for (int i = 0; i < candidates.length; i++) {
      if (candidates[i] instanceof AutoCloseable closeable && !seenBefore(candidates, i)) {
        try {
          closeable.close();
        } catch (Throwable e) {
          if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
          }
          first = join(first, e);
        }
      }
    }
    rethrow(first);
  }

  private static boolean seenBefore(Object[] candidates, int index) {
    for (int i = 0; i < index; i++) {
      if (candidates[i] == candidates[index]) {
        return true;
      }
    }
    return false;
  }

  private static Throwable join(@Nullable Throwable first, Throwable later) {
    if (first == null) {
      return later;
    }
    if (first != later) {
      first.addSuppressed(later);
    }
    return first;
  }

  private static void rethrow(@Nullable Throwable error) {
    switch (error) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case IOException e -> throw new UncheckedIOException("closing the source of an Iter failed", e);
      default -> throw new IllegalStateException("closing the source of an Iter failed", error);
    }
  }
}
