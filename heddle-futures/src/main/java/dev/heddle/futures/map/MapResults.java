package dev.heddle.futures.map;

import dev.heddle.base.Cast;
import dev.heddle.base.ClosedEarly;
import dev.heddle.base.Describe;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.WaitInterruptedException;
import dev.heddle.futures.WaitTimeoutException;
import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.UnreadReport;
import dev.heddle.futures.map.MapWindow.Chunk;
import dev.heddle.futures.spi.PartialFailure;
import dev.heddle.iter.Iter;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The output side of a {@code map}: returns the results of one chunk after the other, or their {@code MapOutcome}s;
 * subclasses choose the next chunk.
 *
 * <p>The first failure, of an input (unless outcomes are asked for) or of the source, ends the iteration: it is thrown in
 * place of its result, and chunks that have not begun are cancelled; those that run are stopped if the options or the engine
 * say so. A map that has ended or was closed refers neither to its source nor to results.
 */
public abstract class MapResults<R extends @Nullable Object> implements Iter<R> {
  private static final @Nullable Object[] NONE = {};

  private final MapWindow<?, ?> window;
  private final boolean outcomes; // rather than the values themselves
  private @Nullable Object[] results = NONE;
  private int count; // of them
  private int handedOut;
  private @Nullable Throwable failure; // thrown after the results
  private boolean closed;
  private boolean ended; // its end or its failure has been told
  private @Nullable UnreadReport unread; // until the first read, if inputs are left

  MapResults(MapWindow<?, ?> window, boolean outcomes) {
    this.window = window;
    this.outcomes = outcomes;
  }

  /** Starts the work; called at the end of the subclass's constructor. */
  final void start() {
    fill();
    if (!anyUnderWay() && window.failure() instanceof RejectedExecutionException refused) {
      close();
      throw refused;
    }
    if (window.hasMore()) {
      unread = window.reportUnread(this);
    }
  }

  private void read() {
    UnreadReport report = unread;
    if (report != null) {
      unread = null;
      report.settle();
    }
  }

  private void fill() {
    for (Chunk chunk = window.submitNext(); chunk != null; chunk = window.submitNext()) {
      submitted(chunk);
    }
  }

  /** Adds a chunk that was submitted. */
  abstract void submitted(Chunk chunk);

  /** Adds a chunk that takes the place of the one that was last taken. */
  abstract void resubmitted(Chunk chunk);

  /** Returns the chunks that were submitted and not taken, in order. */
  abstract List<Chunk> underWay();

  /** Returns whether a chunk is under way. */
  abstract boolean anyUnderWay();

  /**
   * Waits for the next chunk and removes it.
   *
   * @return null if the time has run out; the chunk stays under way then, as after an interrupt
   */
  abstract @Nullable Chunk takeNext(long nanos) throws InterruptedException;

  /** Cancels the chunks that have not begun, and with {@code interrupt} the running ones too, and removes all. */
  abstract void cancelAll(boolean interrupt);

  /** Cancels futures: first those that have not begun, as a worker that is interrupted would begin the next one. */
  static void cancel(Collection<? extends CoreFuture<?>> futures, boolean interrupt) {
    for (CoreFuture<?> each : futures) {
      each.ignoreFailure();
      each.cancel(false);
    }
    if (interrupt) {
      for (CoreFuture<?> each : futures) {
        each.cancel(true);
      }
    }
  }

  @Override
  public final boolean hasNext() {
    read();
    if (closed) {
      if (!ended) {
        throw ClosedEarly.error("this map");
      }
      return false;
    }
    if (handedOut < count || failure != null) {
      return true;
    }
    fill();
    boolean more = anyUnderWay() || window.failure() != null;
    ended = !more;
    return more;
  }

  @Override
  public final R next() {
    if (!hasNext()) {
      close();
      throw new NoSuchElementException("this map has no next result: all were taken; ask hasNext() first");
    }
    if (handedOut == count && failure == null) {
      receive();
    }
    if (handedOut == count) {
      throw ended();
    }
    R result = Cast.to(results[handedOut]);
    results[handedOut++] = null; // the consumer has it now
    window.resultTaken();
    return result;
  }

  private void receive() {
    if (!anyUnderWay()) {
      failure = window.failure();
      return;
    }
    Chunk chunk;
    try {
      chunk = takeNext(window.nanosLeft());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WaitInterruptedException(
          "the next result of a map", "its tasks go on: ask for the next result again, or close the map", e);
    }
    if (chunk == null) {
      timedOut();
      return;
    }
    handedOut = 0;
    results = NONE;
    count = 0;
    try {
      take(chunk);
    } catch (TaskFailedException | CancellationException e) {
      failure = e;
    }
  }

  private void timedOut() {
    WaitTimeoutException late = window.timedOut();
    failure = late;
    if (outcomes) {
      results = underWay().stream().flatMap(chunk -> Stream.of(ChunkOutcomes.atTheEnd(window, chunk, late))).toArray();
      count = results.length;
      handedOut = 0;
      cancelAll(window.interrupts());
    }
  }

  private void take(Chunk chunk) {
    chunk.future().ignoreFailure(); // the consumer gets it
    if (outcomes) {
      results = ChunkOutcomes.of(window, chunk);
      count = results.length;
      if (count < chunk.size()) {
        resubmitted(window.submitRest(chunk, count));
      }
      return;
    }
    switch (chunk.future().failure()) {
      case null -> {
        results = window.results(chunk, chunk.future().result());
        count = chunk.size();
      }
      case PartialFailure partial -> {
        results = window.results(chunk, partial);
        count = results.length;
        failure = chunk.failed(count, PartialFailure.causeOf(partial));
      }
      case Throwable cause -> failure = chunk.failed(0, cause);
    }
  }

  private RuntimeException ended() {
    Throwable cause = failure;
    ended = true;
    try {
      close();
    } catch (Throwable e) { // thrown by the source; it must not replace the first failure
      if (cause == null) {
        throw e;
      }
      cause.addSuppressed(e);
    }
    return switch (cause) {
      case null -> new NoSuchElementException("the source of this map has ended");
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new IllegalStateException("the source of this map failed: " + Describe.failure(cause), cause); // a checked exception that the source threw undeclared
    };
  }

  @Override
  public final void close() {
    read();
    if (!closed) {
      closed = true;
      results = NONE;
      count = 0;
      handedOut = 0;
      failure = null;
      cancelAll(window.interrupts());
      window.close();
    }
  }
}
