package dev.heddle.process;

import dev.heddle.codec.Values;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/** What the dispatcher knows of a worker. Under the dispatcher's lock. */
final class Worker {
  private static final int LONG_NANOS = 1_000_000;
  private static final int QUICK_NANOS = 200_000;
  private static final int DEEPEST = 128;
  private static final double WEIGHT_OF_THE_LATEST = 0.2;

  final WorkerChannel channel;
  final Instant started = Instant.now();
  final long startedNanos = System.nanoTime();

  /** Null if Flight Recorder was not running yet: the event's class would start it, which takes more than 100 ms. */
  private final @Nullable WorkerEvent event = FlightRecorder.isInitialized() ? WorkerEvent.start() : null;

  /** The tasks it was given. */
  final Pipeline pipeline;

  boolean ready;
  boolean spare;

  /** It gets no more tasks: it is told to end, is being killed, or has ended. */
  boolean leaving;

  /** Why, if it leaves. */
  Departure departure = Departure.CLOSED;

  /** It is being killed. */
  boolean condemned;

  boolean gone;

  /** How many results are being decoded, and one more until it is gone. For any thread. */
  final AtomicInteger unsettled = new AtomicInteger(1);

  /** What reads its results; null until the first one. For any thread: it is immutable, and each would make the same. */
  @Nullable
  Values values;

  /** Of what came by its {@code System.err}. */
  final Tail errors = new Tail();

  long finished;
  long idleSince;
  private volatile double meanNanos = Double.NaN; // read by those who help, without the lock

  Worker(WorkerChannel channel, boolean spare) {
    this.channel = channel;
    this.spare = spare;
    this.pipeline = new Pipeline(this, channel);
  }

  /** Has Flight Recorder note its life; of one that is older than the recording, without its beginning. */
  void recordEnd(String executor, WorkerEnd end, boolean unexpected) {
    if (FlightRecorder.isInitialized()) {
      (event == null ? new WorkerEvent() : event).finish(executor, end, finished, unexpected);
    }
  }

  /** How many tasks it may have at once: more than one only if they are so short that the way there would be felt. */
  int depth() {
    double mean = meanNanos;
    return mean < LONG_NANOS ? (int) Math.clamp(Math.ceil(LONG_NANOS / mean), 2, DEEPEST) : 1; // NaN: nothing is known
  }

  /** Whether its tasks are so short that it is worth while to wait for them actively. */
  boolean isQuick() {
    return !(meanNanos > QUICK_NANOS);
  }

  /** Takes notice of how long a task ran. */
  void ran(long nanos) {
    meanNanos = Double.isNaN(meanNanos) ? nanos : meanNanos + WEIGHT_OF_THE_LATEST * (nanos - meanNanos);
  }

  WorkerStats.State state() {
    if (leaving || gone) {
      return WorkerStats.State.ENDING;
    }
    if (!ready) {
      return WorkerStats.State.STARTING;
    }
    return spare ? WorkerStats.State.SPARE : pipeline.isEmpty() ? WorkerStats.State.IDLE : WorkerStats.State.BUSY;
  }
}
