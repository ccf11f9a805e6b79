package dev.heddle.futures;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The outcome of a {@link Futures#wait}: which futures are done and which are not. Immutable; both sets keep the order
 * given.
 *
 * <p>Origin: {@code DoneAndNotDoneFutures} of Python.
 *
 * @param done finished or cancelled
 * @param notDone pending or running when the wait ended; their tasks continue
 */
public record WaitResult<F extends Future<?>>(Set<F> done, Set<F> notDone) {

  /** Copies the sets. */
  public WaitResult {
    done = Collections.unmodifiableSet(new LinkedHashSet<>(done));
    notDone = Collections.unmodifiableSet(new LinkedHashSet<>(notDone));
  }
}
