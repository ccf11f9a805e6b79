package dev.heddle.futures;

import dev.heddle.base.Check;
import dev.heddle.futures.spi.PartialFailure;
import dev.heddle.iter.Iter;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The input side of a {@code map}: takes inputs from the source, never more than allowed ahead of the consumer, and submits
 * them in chunks.
 *
 * <p>For one thread at a time, as the iterators that use it.
 */
final class MapWindow<T extends @Nullable Object, R extends @Nullable Object> {
  private static final int LARGEST_CHUNK = 1 << 14; // so that a chunk's inputs and results stay in the caches
  private static final int GROWTH = 4;

  private final EngineExecutor executor;
  private final TaskFunction<? super T, ? extends R> fn;
  private final Iter<T> inputs;
  private final long worthwhile; // nanoseconds for which a chunk ought to run; 0 if its size is fixed
  private final int ahead; // 0 if the engine says
  private int chunkSize;
  private final @Nullable Duration timeout;
  private final long deadline;
  private int taken; // inputs taken from the source whose results the consumer has not taken
  private boolean exhausted;
  private @Nullable Throwable failure;

  MapWindow(
      EngineExecutor executor,
      MapOptions options,
      TaskFunction<? super T, ? extends R> fn,
      Iterable<? extends T> inputs) {
    this.executor = executor;
    this.fn = Check.notNull(fn, "fn");
    this.timeout = Check.notNull(options, "options").timeout();
    this.deadline = timeout == null ? 0 : System.nanoTime() + Check.nanos(timeout);
    this.chunkSize = Math.max(1, options.chunkSize());
    boolean free = options.ahead() == MapOptions.AUTO && options.chunkSize() == MapOptions.AUTO;
    this.worthwhile = free ? executor.engine().worthwhile().toNanos() : 0;
    this.ahead = options.ahead();
    this.inputs = Iter.from(Check.<Iterable<? extends T>>notNull(inputs, "inputs"));
  }

  /**
   * A chunk under way.
   *
   * @param future what becomes of it, by the word of whoever runs it
   * @param size how many inputs it has
   */
  record Chunk(CoreFuture<?> future, int size) {}

  /** How many inputs may be ahead just now. */
  private int most() {
    return ahead > 0 ? ahead : (int) Math.min((long) executor.engine().lookahead() * chunkSize, Integer.MAX_VALUE);
  }

  /**
   * Takes the next inputs from the source and submits them.
   *
   * @return null if as much as allowed is under way, or nothing more comes: the source has ended or failed
   */
  @Nullable
  Chunk submitNext() {
    if (exhausted || taken > most() - chunkSize) {
      return null;
    }
    @Nullable
    Object[] chunk = nextChunk();
    if (chunk.length == 0) {
      return null;
    }
    try {
      var future = (CoreFuture<?>) executor.submit(new MapChunk<T, R>(fn, chunk, worthwhile > 0));
      taken += chunk.length;
      return new Chunk(future, chunk.length);
    } catch (Throwable e) { // rejected, or the context cannot be captured; these inputs are lost, so none may follow
      endWith(e);
      return null;
    }
  }

  private @Nullable Object[] nextChunk() {
    @Nullable
    Object[] chunk = new @Nullable Object[chunkSize];
    int size = 0;
    try {
      while (size < chunkSize && inputs.hasNext()) {
        chunk[size] = inputs.next(); // counted only once it is there: the source may fail
        size++;
      }
      if (size < chunkSize) {
        endWith(null);
      }
    } catch (Throwable e) {
      endWith(e);
    }
    return size == chunkSize ? chunk : Arrays.copyOf(chunk, size);
  }

  /** No further inputs: because there are none, or because of a failure, which surfaces after the results before it. */
  private void endWith(@Nullable Throwable cause) {
    exhausted = true;
    failure = cause;
    try {
      inputs.close();
    } catch (Throwable e) {
      if (failure == null) {
        failure = e;
      } else if (failure != e) {
        failure.addSuppressed(e);
      }
    }
  }

  /** What ended the inputs, to be thrown after the results before it; null if they just ended. */
  @Nullable
  Throwable failure() {
    return failure;
  }

  /**
   * The results of a chunk that has succeeded; from how long it ran follows the size of those to come.
   *
   * @throws TaskFailedException if there is not one for each input: then it is not known whose they are
   */
  @Nullable
  Object[] results(Chunk chunk, @Nullable Object outcome) {
    if (outcome instanceof @Nullable Object[] results) {
      return counted(chunk, results);
    }
    throw mismatch(chunk, outcome == null ? "null" : "an object of " + outcome.getClass().getName());
  }

  private @Nullable Object[] counted(Chunk chunk, @Nullable Object[] results) {
    int size = chunk.size();
    if (worthwhile == 0) {
      if (results.length != size) {
        throw mismatch(chunk, results.length + " results");
      }
      return results;
    }
    if (results.length != size + 1 || !(results[size] instanceof Long nanos)) {
      throw mismatch(chunk, Math.max(0, results.length - 1) + " results");
    }
    if (size >= chunkSize) { // one that was smaller says nothing new
      long fitting = worthwhile * size / Math.max(1, nanos);
      chunkSize = (int) Math.clamp(fitting, 1L, Math.min((long) chunkSize * GROWTH, LARGEST_CHUNK));
    }
    return results;
  }

  /** The results that a chunk had before it failed. */
  @Nullable
  Object[] results(Chunk chunk, PartialFailure partial) {
    @Nullable
    Object[] results = partial.results();
    if (results.length >= chunk.size()) {
      throw mismatch(chunk, results.length + " results and a failure");
    }
    return results;
  }

  private static TaskFailedException mismatch(Chunk chunk, String what) {
    return new TaskFailedException(
        chunk.future().name(),
        new FuturesException(
            "the worker reported " + what + " for " + chunk.size()
                + " inputs of a map, so none of them can be told apart; its process may be damaged: run the map again",
            null));
  }

  /** The consumer has taken one result. */
  void resultTaken() {
    taken--;
  }

  /** How long a wait for a result may take, in nanoseconds. */
  long nanosLeft() {
    return timeout == null ? Long.MAX_VALUE : Math.max(0, deadline - System.nanoTime());
  }

  WaitTimeoutException timedOut() {
    return new WaitTimeoutException("map", timeout == null ? Duration.ZERO : timeout);
  }

  /** Takes no more inputs. */
  void close() {
    if (!exhausted) {
      exhausted = true;
      inputs.close();
    }
    failure = null;
  }
}
