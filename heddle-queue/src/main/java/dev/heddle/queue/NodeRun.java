package dev.heddle.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A source or a stage while it runs: its workers, and where their results go. */
abstract class NodeRun {
  final String name;
  final Run run;
  private final List<Channel> outs = new ArrayList<>(); // complete before the start
  private final List<Thread> threads = new ArrayList<>();
  private final List<Meter> meters = new ArrayList<>();
  private final AtomicInteger live = new AtomicInteger();
  private volatile @Nullable Long cancelledSince;
  private volatile @Nullable Throwable error;

  NodeRun(String name, Run run) {
    this.name = name;
    this.run = run;
  }

  final void addOutput(Channel out) {
    outs.add(out);
    out.addProducer(this);
  }

  final List<Meter> meters() {
    return meters;
  }

  final List<Thread> threads() {
    return threads;
  }

  /** How many items wait before it. */
  abstract int waiting();

  /** The channel it reads from; null for a source. */
  abstract @Nullable Channel input();

  /** What a worker does from its start to its end. */
  abstract void work(Meter meter) throws InterruptedException;

  /** Called by the last worker at its end, before the outputs learn of it. */
  void lastWorkerEnds() {}

  // ---- workers ----

  /** Makes the workers' threads, without starting them. */
  final void hire(int workers, boolean platform) {
    String prefix = run.name() + "-" + name + "-";
    Thread.Builder builder = platform ? Thread.ofPlatform().name(prefix, 1) : Thread.ofVirtual().name(prefix, 1);
    live.set(workers);
    for (int i = 0; i < workers; i++) {
      Meter meter = new Meter();
      meters.add(meter);
      threads.add(builder.unstarted(() -> live(meter)));
    }
  }

  private void live(Meter meter) {
    try {
      meter.to(Meter.GETTING);
      work(meter);
    } catch (InterruptedException e) {
      if (!isCancelled()) { // else whoever cancelled it knows why
        fail(new FailedItem(name, null, e));
      }
    } catch (Throwable e) {
      fail(new FailedItem(name, null, e));
    } finally {
      workerEnds(meter);
    }
  }

  private void workerEnds(Meter meter) {
    Thread.interrupted(); // it has done its duty, and must not hit the hooks called from here
    meter.to(Meter.ENDED);
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
    Channel in = input();
    Throwable cause = error != null || in == null ? error : in.error();
    if (in != null && !in.isExhausted()) {
      in.cancel(); // nobody is left to take
    }
    lastWorkerEnds();
    outs.forEach(out -> out.producerEnded(cause));
  }

  // ---- what workers need ----

  final boolean isCancelled() {
    return cancelledSince != null;
  }

  /** When it was cancelled, by {@link System#nanoTime}; null if it was not. */
  final @Nullable Long cancelledSince() {
    return cancelledSince;
  }

  /**
   * Forgets an interrupt that the node was not cancelled with: user code may leave one behind.
   *
   * @throws InterruptedException if the node was cancelled
   */
  final void checkpoint() throws InterruptedException {
    Thread.interrupted();
    if (isCancelled()) {
      throw new InterruptedException();
    }
  }

  /** Puts a value into every output; if none takes it, it is undelivered. */
  final void emit(Object value, Meter meter) throws InterruptedException {
    boolean taken = false;
    try {
      for (Channel out : outs) {
        taken |= putSurely(out, value);
      }
    } finally {
      if (!taken) {
        run.undelivered(name, value);
      }
    }
    if (!taken) { // nobody is left who wants anything
      cancel();
      throw new InterruptedException();
    }
    meter.out();
  }

  /** Puts a value, also when an interrupt comes that the node was not cancelled with. */
  private boolean putSurely(Channel out, Object value) throws InterruptedException {
    while (true) {
      try {
        return out.put(value);
      } catch (InterruptedException e) {
        checkpoint();
      }
    }
  }

  // ---- the end ----

  /** A follower wants no more; when none does, this node is of no use. */
  final void outputCancelled() {
    if (outs.stream().allMatch(Channel::isCancelled)) {
      cancel();
    }
  }

  /** Ends the node's work now, and that of whatever only works for it. */
  final void cancel() {
    synchronized (this) {
      if (isCancelled() || isEnded()) {
        return;
      }
      cancelledSince = System.nanoTime();
    }
    Channel in = input();
    if (in != null) {
      in.cancel();
    }
    threads.forEach(run::interrupt);
  }

  final boolean isEnded() {
    return live.get() == 0;
  }

  /** Ends the pipeline with an error: what is downstream gets what has come so far, and then the error. */
  final void fail(FailedItem failure) {
    error = failure.cause();
    run.failed(failure);
    outs.forEach(out -> out.producerEnded(failure.cause()));
    cancel();
  }
}
