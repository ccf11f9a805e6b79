package dev.heddle.queue.run;

import dev.heddle.base.Cells;
import dev.heddle.base.Describe;
import dev.heddle.queue.FailedItem;
import dev.heddle.queue.SlowestItem;
import dev.heddle.queue.meter.WorkerMeter;
import dev.heddle.queue.meter.WorkerTrace;
import dev.heddle.timeline.TimelineRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A source or a stage in execution: its workers, and the queues that their results go to. */
abstract class NodeRun {
  private static final long LEAST_TO_TELL = 10_000_000;

  final String name;
  final PipelineExecution run;
  private final List<StageQueue> outs = new ArrayList<>(); // complete before the start
  private final List<Thread> threads = new ArrayList<>();
  private final List<WorkerMeter> meters = new ArrayList<>();
  private final AtomicInteger live = new AtomicInteger();
  private final AtomicBoolean outputsEnded = new AtomicBoolean();
  private volatile @Nullable Long cancelledSince;
  private volatile @Nullable Throwable error;

  NodeRun(String name, PipelineExecution run) {
    this.name = name;
    this.run = run;
  }

  final void addOutput(StageQueue out) {
    outs.add(out);
    out.addProducer(this);
  }

  final List<WorkerMeter> meters() {
    return meters;
  }

  final List<Thread> threads() {
    return threads;
  }

  /** Returns the number of items in its input queue. */
  abstract int waiting();

  /** Returns the queue it reads from; null for a source. */
  abstract @Nullable StageQueue input();

  /** The body of a worker, from its start to its end. */
  abstract void work(WorkerMeter meter) throws InterruptedException;

  /** Called by the last worker at its end, before the outputs end. */
  void lastWorkerEnds() {}

  // ---- workers ----

  /** Creates the threads of the workers, without starting them. */
  final void hire(int workers, boolean platform) {
    String prefix = run.name() + "-" + name + "-";
    Thread.Builder builder = platform ? Thread.ofPlatform().name(prefix, 1) : Thread.ofVirtual().name(prefix, 1);
    live.set(workers);
    for (int i = 0; i < workers; i++) {
      WorkerMeter meter = new WorkerMeter(input() != null, trace(workers == 1 ? "" : " " + (i + 1)));
      meters.add(meter);
      threads.add(builder.unstarted(() -> live(meter)));
    }
  }

  /** Returns what records the items of a worker; null if nothing does. */
  private @Nullable WorkerTrace trace(String worker) {
    TimelineRecorder timeline = run.options().timeline();
    return timeline == null ? null : new WorkerTrace(timeline, (run.made() + 1) + ". " + name + worker, name);
  }

  private void live(WorkerMeter meter) {
    try {
      meter.to(WorkerMeter.GETTING);
      work(meter);
    } catch (InterruptedException e) {
      if (!isCancelled()) { // the reason of a cancellation is known already
        fail(new FailedItem(name, null, e));
      }
    } catch (Throwable e) {
      fail(new FailedItem(name, null, e));
    } finally {
      workerEnds(meter);
    }
  }

  private void workerEnds(WorkerMeter meter) {
    Thread.interrupted(); // it has ended the work, and must not disturb the hooks called from here
    meter.to(WorkerMeter.ENDED);
    try {
      if (live.decrementAndGet() == 0) {
        end();
      }
    } finally {
      run.workerEnded(this);
    }
  }

  /** Starts the workers; one whose thread cannot be started fails the pipeline. */
  final void start() {
    for (int i = 0; i < threads.size(); i++) {
      try {
        threads.get(i).start();
      } catch (Throwable e) {
        fail(new FailedItem(name, null, e));
        workerEnds(meters.get(i));
      }
    }
  }

  private void end() {
    StageQueue in = input();
    Throwable cause = error != null || in == null ? error : in.error();
    if (in != null && !in.isExhausted()) {
      in.cancel(); // no worker is left to take from it
    }
    lastWorkerEnds();
    endOutputs(cause);
  }

  /** Ends the outputs, once: the nodes behind get what was handed on, and then the end or the error. */
  private void endOutputs(@Nullable Throwable cause) {
    if (outputsEnded.compareAndSet(false, true)) {
      outs.forEach(out -> out.producerEnded(cause));
    }
  }

  /** Cancels the node, and ends its outputs without waiting for its workers, which may take long to end. */
  final void stop() {
    cancel();
    endOutputs(error);
  }

  // ---- what workers need ----

  final boolean isCancelled() {
    return cancelledSince != null;
  }

  /** Returns the time of the cancellation, by {@link System#nanoTime}; null if there was none. */
  final @Nullable Long cancelledSince() {
    return cancelledSince;
  }

  /**
   * Clears the interrupt status, which user code may leave behind, and checks for the cancellation.
   *
   * @throws InterruptedException if the node was cancelled
   */
  final void checkpoint() throws InterruptedException {
    Thread.interrupted();
    if (isCancelled()) {
      throw new InterruptedException();
    }
  }

  /** Puts a value into every output; if none accepts it, it is undelivered, and the node is cancelled. */
  final void emit(Object value, WorkerMeter meter) throws InterruptedException {
    boolean taken = false;
    try {
      for (StageQueue out : outs) {
        taken |= (!isCancelled() && out.offer(value)) || putSurely(out, value, meter);
      }
    } finally {
      if (!taken) {
        run.undelivered(name, value);
      }
    }
    if (!taken) { // no consumer is left
      cancel();
      throw new InterruptedException();
    }
    meter.out();
  }

  /** Puts a value; only an interrupt by the cancellation of the node ends the wait early. */
  private boolean putSurely(StageQueue out, Object value, WorkerMeter meter) throws InterruptedException {
    int before = meter.state();
    meter.to(WorkerMeter.PUTTING);
    while (true) {
      try {
        boolean put = out.put(value);
        meter.to(before);
        return put;
      } catch (InterruptedException e) {
        checkpoint();
      }
    }
  }

  /** Counts how long an item took, and keeps the one that took the longest. */
  final void took(long nanos, long index, Object item, WorkerMeter meter) {
    if (meter.took(nanos)) {
      boolean large = nanos >= LEAST_TO_TELL && nanos >= run.elapsed() / 2;
      meter.slowest(
          new SlowestItem(index, Duration.ofNanos(nanos), large ? Cells.printable(Describe.value(item)) : ""));
    }
  }

  // ---- the end ----

  /** Registers the cancellation of an output; the node is cancelled with its last one. */
  final void outputCancelled() {
    if (outs.stream().allMatch(StageQueue::isCancelled)) {
      cancel();
    }
  }

  /** Cancels the node, and those before it that have no other output. */
  final void cancel() {
    synchronized (this) {
      if (isCancelled() || isEnded()) {
        return;
      }
      cancelledSince = System.nanoTime();
    }
    StageQueue in = input();
    if (in != null) {
      in.cancel();
    }
    threads.forEach(run::interrupt);
  }

  final boolean isEnded() {
    return live.get() == 0;
  }

  /** Fails the pipeline: the nodes behind get the items handed on so far, and then the error. */
  final void fail(FailedItem failure) {
    error = failure.cause();
    run.failed(failure);
    endOutputs(failure.cause());
    cancel();
  }
}
