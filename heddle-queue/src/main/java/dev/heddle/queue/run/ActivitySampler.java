package dev.heddle.queue.run;

import dev.heddle.queue.StageActivity;
import dev.heddle.queue.meter.WorkerMeter;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the threads of all workers from time to time, to tell work from waiting for a processor, a lock, an executor or
 * other threads. The meters cannot tell that, for they know when a function is called and when it returns.
 *
 * <p>The interval grows with the run, so that there are some hundred samples of a run of any length. For one thread.
 */
final class ActivitySampler {
  private static final long FIRST_NANOS = 2_000_000;
  private static final int PER_INTERVAL = 256;
  private static final String SEMAPHORE = Semaphore.class.getName() + "$";
  private static final String CONCURRENT = "java.util.concurrent.";
  private static final String HEDDLE = "dev.heddle.";
  private static final String LOCKS = "java.util.concurrent.locks.";

  private final List<NodeRun> nodes;
  private final long[] runnable;
  private final long[] locked;
  private final long[] queued;
  private final long[] waiting;
  private long samples;
  private long length = FIRST_NANOS;
  private long next;

  ActivitySampler(List<NodeRun> nodes) {
    this.nodes = nodes;
    this.runnable = new long[nodes.size()];
    this.locked = new long[nodes.size()];
    this.queued = new long[nodes.size()];
    this.waiting = new long[nodes.size()];
  }

  void start(long now) {
    next = now + length;
  }

  /** Takes a sample if it is due; returns the nanoseconds until the next one. */
  long sampleIfDue(long now) {
    if (now - next >= 0) {
      sample();
      next = now + length;
    }
    return next - now;
  }

  private void sample() {
    for (int i = 0; i < nodes.size(); i++) {
      List<Thread> threads = nodes.get(i).threads();
      List<WorkerMeter> meters = nodes.get(i).meters();
      for (int worker = 0; worker < threads.size(); worker++) {
        count(i, threads.get(worker), meters.get(worker));
      }
    }
    samples++;
    if (samples % PER_INTERVAL == 0) {
      length *= 2;
    }
  }

  private void count(int node, Thread thread, WorkerMeter meter) {
    Thread.State state = thread.getState();
    if (state == Thread.State.RUNNABLE) {
      runnable[node] += isInSystem(thread) ? 0 : 1;
    } else if (meter.isBusy()) {
      if (meter.isQueued()) {
        queued[node]++;
        return;
      }
      Object blocker = LockSupport.getBlocker(thread);
      if (meter.isLimited() || state == Thread.State.BLOCKED || isLock(blocker)) {
        locked[node]++;
      } else if (!meter.isAwaiting() && isOfOthers(blocker)) {
        waiting[node]++;
      }
    }
  }

  /** A platform thread that waits for input in the system seems to be runnable. */
  private static boolean isInSystem(Thread thread) {
    if (thread.isVirtual()) {
      return false;
    }
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length > 0 && stack[0].isNativeMethod();
  }

  private static boolean isLock(@Nullable Object blocker) {
    if (blocker instanceof AbstractOwnableSynchronizer synchronizer) {
      String name = synchronizer.getClass().getName();
      return name.startsWith(LOCKS) || name.startsWith(SEMAPHORE); // not a latch, or the lock of a thread pool's worker
    }
    return blocker instanceof StampedLock;
  }

  /** Returns whether a worker that is parked there waits for other threads: at a queue, a condition, a future, a latch … */
  private static boolean isOfOthers(@Nullable Object blocker) {
    if (blocker == null) { // it sleeps, or waits for input
      return false;
    }
    String name = blocker.getClass().getName();
    return name.startsWith(CONCURRENT) || name.startsWith(HEDDLE);
  }

  /** Returns the averages of a node. */
  StageActivity of(NodeRun node) {
    int i = nodes.indexOf(node);
    double all = Math.max(1, samples);
    return new StageActivity(samples, runnable[i] / all, locked[i] / all, queued[i] / all, waiting[i] / all);
  }
}
