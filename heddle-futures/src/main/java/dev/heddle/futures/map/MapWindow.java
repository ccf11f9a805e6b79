package dev.heddle.futures.map;

import dev.heddle.base.Check;
import dev.heddle.futures.Frontier;
import dev.heddle.futures.FuturesException;
import dev.heddle.futures.Limit;
import dev.heddle.futures.MapOptions;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.TaskFunction;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.WaitTimeoutException;
import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.StageFuture;
import dev.heddle.futures.core.UnreadReport;
import dev.heddle.futures.spi.Engine;
import dev.heddle.futures.spi.PartialFailure;
import dev.heddle.iter.Iter;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The input side of a {@code map}: takes inputs from the source, within a bound ahead of the consumer, and submits them in
 * chunks.
 *
 * <p>Not thread-safe: for one thread at a time, as the iterators that use it.
 */
public final class MapWindow<T extends @Nullable Object, R extends @Nullable Object> {
  private static final int LARGEST_CHUNK = 1 << 14; // keeps a chunk's inputs and results within the processor's caches
  private static final int GROWTH = 4;

  private final MapHost host;
  private final Engine engine;
  private final @Nullable TaskOptions tasks;
  private final @Nullable Function<@Nullable Object, Limit> limits;
  private final boolean measured;
  private final TaskFunction<? super T, ? extends R> fn;
  private @Nullable Iter<T> inputs; // null once they have ended, so that a map that is kept does not keep its source
  private final boolean grows; // whether there may be inputs again after there was none
  private final long worthwhile; // target duration of a chunk in nanoseconds; 0 if the chunk size is fixed
  private final int ahead; // 0 if the engine chooses
  private int chunkSize;
  private final @Nullable Duration timeout;
  private final long deadline;
  private final boolean interrupts;
  private int taken; // inputs taken from the source whose results the consumer has not taken
  private long submitted; // inputs
  private @Nullable Throwable failure;

  /**
   * A window at the start of the inputs.
   *
   * @param measured whether the time and the attempts of each task are needed
   */
  public MapWindow(
      MapHost host,
      MapOptions options,
      boolean measured,
      TaskFunction<? super T, ? extends R> fn,
      Iterable<? extends T> inputs) {
    this.host = host;
    this.engine = host.engine();
    this.measured = measured;
    this.fn = Check.notNull(fn, "fn");
    this.timeout = Check.notNull(options, "options").timeout();
    this.deadline = timeout == null ? 0 : System.nanoTime() + Check.nanos(timeout);
    Boolean interrupt = options.interruptOnClose();
    this.interrupts = interrupt == null ? engine.stopsByInterrupt() : interrupt;
    this.chunkSize = Math.max(1, options.chunkSize());
    this.tasks = options.tasks();
    this.limits = options.limits();
    boolean free = !measured && limits == null && options.ahead() == MapOptions.AUTO
        && options.chunkSize() == MapOptions.AUTO;
    this.worthwhile = free ? engine.worthwhile().toNanos() : 0;
    this.ahead = options.ahead();
    this.grows = Check.<Iterable<? extends T>>notNull(inputs, "inputs") instanceof Frontier<?>;
    this.inputs = inputs instanceof Frontier<? extends T> found ? Iter.from(found.iterator()) : Iter.from(inputs);
  }

  /**
   * A chunk under way.
   *
   * @param future its outcome, as the engine reported it
   * @param first the index of its first input among those of the map
   * @param inputs its inputs, for messages
   */
  @SuppressWarnings("ArrayRecordComponent") // chunks are not compared
  record Chunk(CoreFuture<?> future, long first, @Nullable Object[] inputs) {

    /** A chunk that was not accepted. */
    static Chunk refused(long first, @Nullable Object[] inputs, Throwable cause) {
      return new Chunk(StageFuture.of(CompletableFuture.failedStage(cause)), first, inputs);
    }

    int size() {
      return inputs.length;
    }

    /** The failure of an input, with its index. */
    TaskFailedException failed(int index, Throwable cause) {
      return TaskFailedException.ofMapInput(future.name(), first + index, inputs[index], cause);
    }
  }

  /** Returns how many inputs may be ahead of the consumer now. */
  private int most() {
    return ahead > 0 ? ahead : (int) Math.min((long) engine.lookahead() * chunkSize, Integer.MAX_VALUE);
  }

  /**
   * Takes the next inputs from the source and submits them.
   *
   * @return null if the bound is reached, or the source has ended or failed
   */
  @Nullable
  Chunk submitNext() {
    if (inputs == null || taken > most() - chunkSize) {
      return null;
    }
    @Nullable
    Object[] chunk = nextChunk(inputs);
    if (chunk.length == 0) {
      return null;
    }
    long first = submitted;
    try {
      Chunk started = submit(first, chunk); // refused, if the limit of the input cannot be found
      taken += chunk.length;
      submitted += chunk.length;
      return started;
    } catch (Throwable e) { // rejected, or the context cannot be captured; these inputs are lost, so no others may follow
      endWith(e);
      if (!measured || first == 0) {
        return null;
      }
      submitted += chunk.length;
      return Chunk.refused(first, chunk, e);
    }
  }

  /** Submits again what follows the first inputs of a chunk. */
  Chunk submitRest(Chunk chunk, int from) {
    @Nullable
    Object[] rest = Arrays.copyOfRange(chunk.inputs(), from, chunk.size());
    try {
      return submit(chunk.first() + from, rest);
    } catch (Throwable e) { // rejected: the executor was closed
      return Chunk.refused(chunk.first() + from, rest, e);
    }
  }

  private Chunk submit(long first, @Nullable Object[] chunk) {
    TaskOptions how = tasks != null ? tasks : host.tasks();
    if (limits != null) {
      try {
        Limit own = limits.apply(chunk[0]);
        how = how.withLimit(how.limit() == null ? own : own.and(how.limit()));
      } catch (Throwable e) { // the user's function, such as a key that is blank: a failure of this input
        return Chunk.refused(first, chunk, e);
      }
    }
    return new Chunk(host.start(how, new MapChunk<T, R>(fn, chunk, worthwhile > 0), measured), first, chunk);
  }

  private @Nullable Object[] nextChunk(Iter<T> source) {
    @Nullable
    Object[] chunk = new @Nullable Object[chunkSize];
    int size = 0;
    try {
      while (size < chunkSize && source.hasNext()) {
        chunk[size] = source.next(); // counted afterwards: the source may throw
        size++;
      }
      if (size < chunkSize && !grows) {
        endWith(null);
      }
    } catch (Throwable e) {
      endWith(e);
    }
    return size == chunkSize ? chunk : Arrays.copyOf(chunk, size);
  }

  /** Ends the inputs: the source has ended, or has failed; a failure is thrown after the results before it. */
  private void endWith(@Nullable Throwable cause) {
    failure = cause;
    try {
      closeSource();
    } catch (Throwable e) {
      if (failure == null) {
        failure = e;
      } else if (failure != e) {
        failure.addSuppressed(e);
      }
    }
  }

  /**
   * Returns the failure that ended the inputs, to be thrown after the results before it; null if the source has just ended.
   */
  @Nullable
  Throwable failure() {
    return failure;
  }

  /**
   * Returns the results of a chunk that has succeeded, and adapts the chunk size to the time it took.
   *
   * @throws TaskFailedException if there is not one result for each input: they could not be assigned
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
    if (size >= chunkSize) { // a smaller one was submitted before the size grew
      long fitting = worthwhile * size / Math.max(1, nanos);
      chunkSize = (int) Math.clamp(fitting, 1L, Math.min((long) chunkSize * GROWTH, LARGEST_CHUNK));
    }
    return results;
  }

  /** Returns the results of a chunk up to its failure. */
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
                + " inputs of a map, which cannot be assigned to the inputs; the worker may be damaged: run the map again",
            null));
  }

  /** Returns whether further inputs will be submitted as results are read. */
  boolean hasMore() {
    return inputs != null;
  }

  /**
   * Returns a report, which is logged if the results are never read: when they become unreachable, or the executor is
   * closed.
   */
  UnreadReport reportUnread(Object results) {
    UnreadReport report = new UnreadMap(host.name(), submitted);
    report.register(results);
    host.watch(report);
    return report;
  }

  /** Returns whether running tasks are stopped when the results are closed before their end. */
  boolean interrupts() {
    return interrupts;
  }

  /** Called when the consumer has taken one result. */
  void resultTaken() {
    taken--;
  }

  /** Returns how long a wait for a result may take, in nanoseconds. */
  long nanosLeft() {
    return timeout == null ? Long.MAX_VALUE : Math.max(0, deadline - System.nanoTime());
  }

  WaitTimeoutException timedOut() {
    return new WaitTimeoutException(
        "map",
        timeout == null ? Duration.ZERO : timeout,
        "this ends its results: tasks that have begun "
            + (!interrupts ? "run on" : engine.stopsByInterrupt() ? "are interrupted" : "are stopped with their workers")
            + ", the others are cancelled. Allow more with MapOptions.withTimeout, or submit tasks and use Futures.wait");
  }

  /** Takes no more inputs. */
  void close() {
    failure = null;
    closeSource();
  }

  private void closeSource() {
    Iter<T> source = inputs;
    if (source != null) {
      inputs = null;
      source.close();
    }
  }
}
