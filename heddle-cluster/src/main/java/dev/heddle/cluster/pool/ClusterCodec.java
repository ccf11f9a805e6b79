package dev.heddle.cluster.pool;

import dev.heddle.cluster.MemoryLimitException;
import dev.heddle.codec.EncodedTask;
import dev.heddle.codec.Failures;
import dev.heddle.codec.TaskEncoder;
import dev.heddle.codec.Values;
import dev.heddle.dispatch.OutcomeReader;
import dev.heddle.dispatch.Payload;
import dev.heddle.dispatch.TaskCodec;
import dev.heddle.dispatch.WorkerChannel;
import dev.heddle.futures.spi.Work;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The codec as a view's dispatcher sees it. Thread-safe. */
final class ClusterCodec implements TaskCodec {
  private static final int OVERHEAD = 1 << 16; // of definitions and the header

  private final TaskEncoder encoder;
  private final int maxMessage;
  private final Runnable check;

  /**
   * Creates the codec of a view.
   *
   * @param check throws if no member can take tasks of the view, ever
   */
  ClusterCodec(TaskEncoder encoder, int maxMessage, Runnable check) {
    this.encoder = encoder;
    this.maxMessage = maxMessage;
    this.check = check;
  }

  @Override
  public Payload encode(Work work, Callable<?> task) {
    check.run();
    EncodedTask encoded = encoder.encode(task);
    int length = encoded.payload().length;
    if (length > Math.max(maxMessage - OVERHEAD, maxMessage / 2)) {
      encoded.release();
      throw new MemoryLimitException(
          "task '" + work.name() + "' takes " + length + " bytes when encoded, but maxMessage is " + maxMessage
              + "; capture less, share it by broadcast, or raise maxMessage",
          null);
    }
    return new ClusterPayload(work.name(), encoded);
  }

  @Override
  public OutcomeReader outcomesOf(WorkerChannel worker) {
    return new Outcomes(encoder.values().from(worker.number()), encoder.failures().from(worker.number()));
  }

  private record Outcomes(Values values, Failures failures) implements OutcomeReader {

    @Override
    public boolean isPlain(byte[] outcome) {
      return Values.isPlain(outcome);
    }

    @Override
    public @Nullable Object value(byte[] outcome) {
      return values.decode(outcome);
    }

    @Override
    public Throwable failure(byte[] outcome, String task) {
      return failures.decode(outcome, task);
    }

    @Override
    public void discard(byte[] outcome, boolean success) {
      if (success) {
        values.discard(outcome);
      } else {
        failures.discard(outcome);
      }
    }

    @Override
    public void close() {}
  }
}
