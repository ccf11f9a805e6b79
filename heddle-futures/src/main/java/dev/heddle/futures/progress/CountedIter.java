package dev.heddle.futures.progress;

import dev.heddle.futures.MapOutcome;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.core.CoreFuture;
import dev.heddle.iter.Iter;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** An iterator whose elements are counted when they are read; for one thread at a time. */
final class CountedIter<T extends @Nullable Object> implements Iter<T> {
  private final RunningMeter meter;
  private final Iter<T> results;

  CountedIter(RunningMeter meter, Iter<T> results) {
    this.meter = meter;
    this.results = results;
  }

  @Override
  public boolean hasNext() {
    return results.hasNext();
  }

  @Override
  public T next() {
    T next;
    try {
      next = results.next();
    } catch (TaskFailedException | CancellationException e) {
      meter.ended(true);
      throw e;
    }
    meter.ended(hasFailed(next));
    return next;
  }

  private static boolean hasFailed(@Nullable Object element) {
    return switch (element) {
      case MapOutcome<?, ?> outcome -> !outcome.succeeded();
      case CoreFuture<?> future -> future.isDone() && RunningMeter.hasNoValue(future);
      case null, default -> false;
    };
  }

  @Override
  public void close() {
    results.close();
  }
}
