package dev.heddle.dispatch;

import dev.heddle.futures.spi.Work;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A codec whose outcomes are one byte: the result. */
final class FakeCodec implements TaskCodec {
  /** The outcome 1. */
  static final byte[] ONE = {1};

  @Override
  public Payload encode(Work work, Callable<?> task) {
    return () -> {};
  }

  @Override
  public OutcomeReader outcomesOf(WorkerChannel worker) {
    return new Outcomes();
  }

  /** The outcomes of one worker. */
  static final class Outcomes implements OutcomeReader {
    @Override
    public boolean isPlain(byte[] outcome) {
      return true;
    }

    @Override
    public @Nullable Object value(byte[] outcome) {
      return (int) outcome[0];
    }

    @Override
    public Throwable failure(byte[] outcome, String task) {
      return new IllegalStateException(task);
    }

    @Override
    public void discard(byte[] outcome, boolean success) {}

    @Override
    public void close() {}
  }
}
