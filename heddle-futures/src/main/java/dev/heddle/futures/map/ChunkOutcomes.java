package dev.heddle.futures.map;

import dev.heddle.futures.MapOutcome;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.Measured;
import dev.heddle.futures.map.MapWindow.Chunk;
import dev.heddle.futures.spi.PartialFailure;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** The outcomes of the inputs of one chunk. */
final class ChunkOutcomes {
  private ChunkOutcomes() {}

  /**
   * Returns the outcomes of a chunk that is done: up to the input whose function failed, or all, if the whole task failed.
   * The inputs after the failed one have not been tried.
   */
  static Object[] of(MapWindow<?, ?> window, Chunk chunk) {
    CoreFuture<?> future = chunk.future();
    Throwable failure = future.failure();
    if (failure == null && future.isCancelled()) {
      failure = new CancellationException("task '" + future.name() + "' was cancelled");
    }
    try {
      return switch (failure) {
        case null -> all(chunk, window.results(chunk, future.result()), chunk.size(), null);
        case PartialFailure partial -> upTo(chunk, window.results(chunk, partial), PartialFailure.causeOf(partial));
        case Throwable cause -> all(chunk, new @Nullable Object[0], chunk.size(), cause);
      };
    } catch (TaskFailedException e) { // the worker's results do not match the inputs
      return all(chunk, new @Nullable Object[0], chunk.size(), e.getCause());
    }
  }

  /** Returns an outcome for every input of a chunk, where those that have not ended fail with the given exception. */
  static Object[] atTheEnd(MapWindow<?, ?> window, Chunk chunk, Throwable cause) {
    if (!chunk.future().isDone()) {
      return all(chunk, new @Nullable Object[0], chunk.size(), cause);
    }
    Object[] outcomes = of(window, chunk);
    Object[] complete = new Object[chunk.size()];
    System.arraycopy(outcomes, 0, complete, 0, outcomes.length);
    for (int i = outcomes.length; i < complete.length; i++) {
      complete[i] = outcome(chunk, i, null, cause);
    }
    return complete;
  }

  private static Object[] upTo(Chunk chunk, @Nullable Object[] values, Throwable cause) {
    return all(chunk, values, values.length + 1, cause);
  }

  /** Returns a number of outcomes: with values as long as there are any, then with the failure. */
  private static Object[] all(Chunk chunk, @Nullable Object[] values, int number, @Nullable Throwable cause) {
    Object[] outcomes = new Object[number];
    for (int i = 0; i < number; i++) {
      outcomes[i] = i < values.length ? outcome(chunk, i, values[i], null) : outcome(chunk, i, null, cause);
    }
    return outcomes;
  }

  private static Object outcome(Chunk chunk, int at, @Nullable Object value, @Nullable Throwable cause) {
    Measured task = chunk.future() instanceof Measured measured ? measured : null;
    return new MapOutcome<@Nullable Object, @Nullable Object>(
        chunk.first() + at,
        chunk.inputs()[at],
        value,
        cause,
        task == null ? 0 : task.attempts(),
        task == null ? Duration.ZERO : task.time());
  }
}
