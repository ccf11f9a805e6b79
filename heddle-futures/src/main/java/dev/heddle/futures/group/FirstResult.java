package dev.heddle.futures.group;

import dev.heddle.base.Check;
import dev.heddle.futures.Future;
import dev.heddle.futures.TaskFailedException;
import java.util.Collection;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** The wait for the first of several futures that has a result. */
public final class FirstResult {
  private FirstResult() {}

  /** Returns the first result; throws the first failure if there is none. */
  public static <T extends @Nullable Object> T of(Collection<? extends Future<? extends T>> futures) {
    if (Check.notNull(futures, "futures").isEmpty()) {
      throw new IllegalArgumentException("futures must not be empty; there is nothing that could have a result");
    }
    TaskFailedException failed = null;
    CancellationException cancelled = null;
    try (CompletedIter<Future<? extends T>> completed = new CompletedIter<>(futures, null)) {
      while (completed.hasNext()) {
        try {
          return completed.next().result();
        } catch (TaskFailedException e) {
          if (failed == null) {
            failed = e;
          } else {
            failed.addSuppressed(e);
          }
        } catch (CancellationException e) {
          cancelled = e;
        }
      }
    }
    if (failed != null) {
      throw failed;
    }
    throw Check.notNull(cancelled, "cancelled");
  }
}
