package dev.heddle.futures;

import dev.heddle.futures.MapWindow.Chunk;
import dev.heddle.futures.spi.PartialFailure;
import dev.heddle.iter.Iter;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The output side of a {@code map}: hands out the results of chunk after chunk; which chunk is next is the subclass's matter.
 *
 * <p>The first failure, of an input or of the source, ends the iteration: it is thrown at its place, and everything that has
 * not begun is cancelled.
 */
abstract class MapResults<R extends @Nullable Object> implements Iter<R> {
  private static final @Nullable Object[] NONE = {};

  private final MapWindow<?, R> window;
  private @Nullable Object[] results = NONE;
  private int count; // of them
  private int handedOut;
  private @Nullable Throwable failure; // comes after the results
  private boolean closed;

  MapResults(MapWindow<?, R> window) {
    this.window = window;
  }

  /** Starts the work; called at the end of the subclass's constructor. */
  final void start() {
    fill();
    if (!anyUnderWay() && window.failure() instanceof RejectedExecutionException refused) {
      close();
      throw refused;
    }
  }

  private void fill() {
    for (Chunk chunk = window.submitNext(); chunk != null; chunk = window.submitNext()) {
      submitted(chunk);
    }
  }

  /** A chunk is under way. */
  abstract void submitted(Chunk chunk);

  /** Whether a chunk is under way. */
  abstract boolean anyUnderWay();

  /**
   * Waits for the chunk that is next, and takes it.
   *
   * @return null if the time ran out; the chunk is left under way then, as it is after an interrupt
   */
  abstract @Nullable Chunk takeNext(long nanos) throws InterruptedException;

  /** Cancels what has not begun, and forgets all. */
  abstract void cancelAll();

  @Override
  public final boolean hasNext() {
    if (closed) {
      return false;
    }
    if (handedOut < count || failure != null) {
      return true;
    }
    fill();
    return anyUnderWay() || window.failure() != null;
  }

  @Override
  public final R next() {
    if (!hasNext()) {
      close();
      throw new NoSuchElementException("this map has no next result: all were taken, or it was closed; ask hasNext() first");
    }
    if (handedOut == count && failure == null) {
      receive();
    }
    if (handedOut == count) {
      throw ended();
    }
    R result = Cast.to(results[handedOut]);
    results[handedOut++] = null; // it belongs to the consumer now
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
      throw new WaitInterruptedException("the next result of a map", e);
    }
    if (chunk == null) {
      failure = window.timedOut();
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

  private void take(Chunk chunk) {
    switch (chunk.future().failure()) {
      case null -> {
        results = window.results(chunk, chunk.future().result());
        count = chunk.size();
      }
      case PartialFailure partial -> {
        results = window.results(chunk, partial);
        count = results.length;
        failure = new TaskFailedException(chunk.future().name(), PartialFailure.causeOf(partial));
      }
      case Throwable cause -> failure = new TaskFailedException(chunk.future().name(), cause);
    }
  }

  private RuntimeException ended() {
    Throwable cause = failure;
    try {
      close();
    } catch (Throwable e) { // the source's; it must not hide what came first
      if (cause == null) {
        throw e;
      }
      cause.addSuppressed(e);
    }
    return switch (cause) {
      case null -> new NoSuchElementException("the source of this map has ended");
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new IllegalStateException("the source of this map failed: " + Text.of(cause), cause); // in disguise
    };
  }

  @Override
  public final void close() {
    if (!closed) {
      closed = true;
      results = NONE;
      count = 0;
      handedOut = 0;
      failure = null;
      cancelAll();
      window.close();
    }
  }
}
