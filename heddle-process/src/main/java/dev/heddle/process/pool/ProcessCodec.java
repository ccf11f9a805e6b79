package dev.heddle.process.pool;

import dev.heddle.codec.EncodedTask;
import dev.heddle.codec.Failures;
import dev.heddle.codec.SharedArrays;
import dev.heddle.codec.TaskEncoder;
import dev.heddle.codec.Values;
import dev.heddle.dispatch.OutcomeReader;
import dev.heddle.dispatch.Payload;
import dev.heddle.dispatch.TaskCodec;
import dev.heddle.dispatch.WorkerChannel;
import dev.heddle.futures.spi.Work;
import dev.heddle.process.MessageTooLargeException;
import dev.heddle.process.channel.TaskMessage;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The codec as the dispatcher sees it. Thread-safe. */
final class ProcessCodec implements TaskCodec {
  private final TaskEncoder encoder;
  private final SharedArrays arrays;
  private final long maxMessage;

  /**
   * Creates the codec of a pool.
   *
   * @param arrays the arrays that workers leave in shared memory
   * @param maxMessage the limit of an encoded task, in bytes
   */
  ProcessCodec(TaskEncoder encoder, SharedArrays arrays, long maxMessage) {
    this.encoder = encoder;
    this.arrays = arrays;
    this.maxMessage = maxMessage;
  }

  @Override
  public Payload encode(Work work, Callable<?> task) {
    EncodedTask encoded = encoder.encode(task);
    long length = encoded.payload().length;
    if (length > maxMessage) {
      encoded.release();
      throw new MessageTooLargeException(
          "task '" + work.name() + "' takes " + length + " bytes when encoded, but maxMessage is " + maxMessage
              + "; capture less, hand over a file, or raise maxMessage");
    }
    return new TaskMessage(encoded);
  }

  @Override
  public OutcomeReader outcomesOf(WorkerChannel worker) {
    return new Outcomes(worker.number());
  }

  /** The outcomes of one worker: they may refer to its own shared memory only. */
  private final class Outcomes implements OutcomeReader {
    private final int worker;
    private @Nullable Values values; // made with the first result; immutable, and each thread would make the same

    Outcomes(int worker) {
      this.worker = worker;
    }

    private Values values() {
      Values its = values;
      if (its == null) {
        its = encoder.values().from(worker);
        values = its;
      }
      return its;
    }

    private Failures failures() {
      return encoder.failures().from(worker);
    }

    @Override
    public boolean isPlain(byte[] outcome) {
      return Values.isPlain(outcome);
    }

    @Override
    public @Nullable Object value(byte[] outcome) {
      return values().decode(outcome);
    }

    @Override
    public Throwable failure(byte[] outcome, String task) {
      return failures().decode(outcome, task);
    }

    @Override
    public void discard(byte[] outcome, boolean success) {
      if (success) {
        values().discard(outcome);
      } else {
        failures().discard(outcome);
      }
    }

    @Override
    public void close() {
      arrays.reclaim(worker);
    }
  }
}
