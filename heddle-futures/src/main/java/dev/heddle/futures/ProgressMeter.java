package dev.heddle.futures;

import dev.heddle.futures.progress.RunningMeter;
import dev.heddle.iter.Iter;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Counts tasks as they end, and reports the rate, the time left and the failures.
 *
 * <pre>{@code
 * ProgressOptions options = ProgressOptions.named("download").withTotal(uris.size())
 *     .withListener(ProgressListener.lines(System.err::println));
 * try (ProgressMeter progress = ProgressMeter.start(options)) {
 *   for (MapOutcome<URI, Page> each : progress.over(pool.mapOutcomes(Crawler::fetch, uris))) { … }
 * }
 * }</pre>
 *
 * <p>A report is made when a task has ended and the last report is an interval ago, and at the close; so a task costs the
 * increment of a counter and a look at the clock, whatever the listener does. There is a Flight Recorder event ({@code
 * dev.heddle.Progress}) for each report, with a listener or without. The meter has no thread, and does not keep the program
 * running.
 *
 * <p><b>Thread-safe.</b> Only {@link #close}, and the iterators of {@link #over}, wait for a listener that blocks.
 *
 * <p>Origin: tqdm.
 */
public sealed interface ProgressMeter extends AutoCloseable permits RunningMeter {

  /** Starts to count. */
  static ProgressMeter start(ProgressOptions options) {
    return new RunningMeter(options);
  }

  /**
   * Counts what is read from an iterator: the results or outcomes of a map, or the futures of {@link Futures#asCompleted}.
   * An outcome or future without a value counts as failed, and so does a failure that the iterator throws.
   *
   * @return the same elements, for one thread at a time; closing it closes the iterator
   */
  <T extends @Nullable Object> Iter<T> over(Iter<T> results);

  /**
   * Counts futures when they are done. They add to the total, unless that was given. A failure that is counted here has not
   * been read: it is logged if nothing else reads it.
   *
   * @param futures of any executor
   */
  void watch(Collection<? extends Future<?>> futures);

  /** Counts a task that has ended, for programs that count themselves. */
  void ended(boolean failed);

  /** Returns the progress now. */
  Progress now();

  /**
   * Makes the last report, and none after it, and no longer observes futures. The tasks continue. Closing it again does
   * nothing.
   */
  @Override
  void close();
}
