package dev.heddle.futures;

import dev.heddle.futures.group.CompletedIter;
import dev.heddle.iter.Iter;

/**
 * Futures in the order in which they complete; further ones may be added while it is read.
 *
 * <pre>{@code
 * AsCompleted<Future<Page>> pages = Futures.asCompleted(List.of(pool.submit(() -> fetch(start))));
 * for (Future<Page> page : pages) {
 *   for (URI link : page.result().links()) {
 *     if (seen.add(link)) pages.add(pool.submit(() -> fetch(link)));
 *   }
 * }
 * }</pre>
 *
 * <p>It ends when all that were added have been returned. For one thread at a time; {@code next} waits.
 *
 * <p>Origin: dask's {@code as_completed}, whose {@code add} this is.
 *
 * @param <F> the type of the futures
 */
public sealed interface AsCompleted<F extends Future<?>> extends Iter<F> permits CompletedIter {

  /**
   * Adds a future, also after the last one was returned; then there is a next one again. A future that is added twice is
   * returned twice.
   *
   * @throws IllegalStateException if this was closed before its end
   */
  void add(F future);
}
