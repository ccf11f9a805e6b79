package dev.heddle.dispatch;

import dev.heddle.futures.spi.Work;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A codec whose outcomes are one byte: the result. It counts what it has given out, so that a test notices what is not given back. */
final class FakeCodec implements TaskCodec {
  /** The outcome 1. */
  static final byte[] ONE = {1};

  /** The outcome 2, which takes its time to decode. */
  static final byte[] SLOW_TWO = {2};

  final Set<Payload> payloads = ConcurrentHashMap.newKeySet(); // and not released
  final AtomicInteger open = new AtomicInteger(); // outcomes of workers
  final AtomicInteger discarded = new AtomicInteger();
  volatile @Nullable RuntimeException unencodable; // why nothing can be encoded

  @Override
  public Payload encode(Work work, Callable<?> task) {
    RuntimeException why = unencodable;
    if (why != null) {
      throw why;
    }
    Payload payload = new Payload() {
      @Override
      public void release() {
        payloads.remove(this);
      }
    };
    payloads.add(payload);
    return payload;
  }

  @Override
  public OutcomeReader outcomesOf(WorkerChannel worker) {
    open.incrementAndGet();
    return new Outcomes(this);
  }

  /** The outcomes of one worker. */
  static final class Outcomes implements OutcomeReader {
    private final FakeCodec codec;

    Outcomes(FakeCodec codec) {
      this.codec = codec;
    }

    @Override
    public boolean isPlain(byte[] outcome) {
      return !Arrays.equals(outcome, SLOW_TWO);
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
    public void discard(byte[] outcome, boolean success) {
      codec.discarded.incrementAndGet();
    }

    @Override
    public void close() {
      codec.open.decrementAndGet();
    }
  }
}
