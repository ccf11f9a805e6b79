package dev.heddle.iter;

import dev.heddle.iter.stages.TimeLimitedStage;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Iter} that ends after a given time.
 *
 * <p>The clock is read when an element has arrived, so a blocking source is not interrupted; an element that arrives too
 * late is dropped. Made by {@link MoreItertools#timeLimited}. Not thread-safe. Origin: {@code more_itertools.time_limited}.
 *
 * @param <T> the type of the elements
 */
@SuppressWarnings("IterableAndIterator") // as in Python, an iterator is its own single-use iterable
public sealed interface TimeLimited<T extends @Nullable Object> extends Iter<T> permits TimeLimitedStage {

  /** Returns whether the time limit ended this iterator, rather than the end of its source. */
  boolean timedOut();
}
