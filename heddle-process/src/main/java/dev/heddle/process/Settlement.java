package dev.heddle.process;

import dev.heddle.codec.Failures;
import dev.heddle.codec.SharedArrays;
import dev.heddle.codec.Values;
import dev.heddle.futures.spi.Attempt;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.TimelineRecorder;
import org.jspecify.annotations.Nullable;

/**
 * How tasks end here: their outcomes are decoded, and their futures get done. That calls foreign code, so nothing is locked.
 * Thread-safe.
 */
final class Settlement {
  private final String name;
  private final @Nullable TimelineRecorder timeline;
  private final Values values;
  private final Failures failures;
  private final SharedArrays arrays;

  /**
   * The ends of a pool's tasks.
   *
   * @param timeline is told what ran; null if nobody wants to know
   * @param arrays what workers have left in shared memory
   */
  Settlement(String name, @Nullable TimelineRecorder timeline, Values values, Failures failures, SharedArrays arrays) {
    this.name = name;
    this.timeline = timeline;
    this.values = values;
    this.failures = failures;
    this.arrays = arrays;
  }

  /** What is left to do when a task has ended: its future gets done. */
  final class Settling implements Runnable {
    private final Worker worker;
    private final Job job;
    private final WorkerChannel.TaskEnd end;

    private Settling(Worker worker, Job job, WorkerChannel.TaskEnd end) {
      this.worker = worker;
      this.job = job;
      this.end = end;
    }

    /** Whether it is the end of that job, so of that attempt: an earlier one at the same task may end, too. */
    boolean isOf(Job other) {
      return job == other;
    }

    /** Whether it takes next to no time and calls no foreign code. */
    boolean isBrief() {
      return end.success() && Values.isPlain(end.outcome());
    }

    /** Does it; if this thread cannot, for want of memory, the future fails with that. */
    @Override
    public void run() {
      try {
        settle(worker, job, end);
      } catch (Throwable e) { // the future must not wait for ever
        job.fail(e);
      } finally {
        settled(worker);
      }
    }

    /**
     * Does it on the thread of somebody who does not wait for this task.
     *
     * @throws VirtualMachineError if that thread has no stack or memory left for it; then it is not done, and nobody's fault
     */
    void runForOthers() {
      try {
        settle(worker, job, end);
      } catch (VirtualMachineError e) {
        throw e;
      } catch (Throwable e) {
        job.fail(e);
      }
      settled(worker);
    }
  }

  /** The end of a task that was booked; it is to be run exactly once. */
  Settling of(Worker worker, Job job, WorkerChannel.TaskEnd end) {
    return new Settling(worker, job, end);
  }

  private void settle(Worker worker, Job job, WorkerChannel.TaskEnd end) {
    byte[] outcome = end.outcome();
    record(worker.channel, job, end.success() ? "" : " (failed)", end.nanos());
    job.begin(); // if it was so quick that nobody came to it
    Attempt attempt = job.attempt();
    if (attempt == null) {
      if (end.success()) {
        valuesOf(worker).discard(outcome);
      } else {
        failures.from(worker.channel.number()).discard(outcome);
      }
    } else if (end.success()) {
      succeed(attempt, valuesOf(worker), outcome);
    } else {
      attempt.fail(failures.from(worker.channel.number()).decode(outcome, job.toString()));
    }
  }

  /** What reads a worker's results: they may refer to its own shared memory only. It is kept, for results are many. */
  private Values valuesOf(Worker worker) {
    Values its = worker.values;
    if (its == null) {
      its = values.from(worker.channel.number());
      worker.values = its;
    }
    return its;
  }

  private static void succeed(Attempt attempt, Values itsValues, byte[] outcome) {
    Object value;
    try {
      value = itsValues.decode(outcome);
    } catch (VirtualMachineError e) { // perhaps of this thread, not of the value
      throw e;
    } catch (Throwable e) { // whatever decoding does fails this task only
      attempt.fail(e);
      return;
    }
    attempt.succeed(value);
  }

  /** What a worker has left in shared memory is given back when it is gone and its last result is decoded. */
  private void settled(Worker worker) {
    if (worker.unsettled.decrementAndGet() == 0) {
      arrays.reclaim(worker.channel.number());
    }
  }

  /** A worker is gone, and these tasks with it. */
  void bury(Worker worker, Iterable<Job> victims, WorkerEnd end) {
    for (Job each : victims) {
      try {
        each.begin();
        record(worker.channel, each, " (crashed)", System.nanoTime() - each.sentNanos);
        each.fail(new WorkerCrashedException(each.work.name(), end));
      } catch (Throwable e) { // out of memory, say: the others must hear of it all the same
        failWith(each, e);
      }
    }
    settled(worker);
  }

  private static void failWith(Job job, Throwable cause) {
    try {
      job.fail(cause);
    } catch (Throwable e) {
      Log.ignored("failing task '" + job + "'", e);
    }
  }

  /** Notes what a worker ran until now, and how it ended, if anybody wants to know: else not even its name is made up. */
  private void record(WorkerChannel channel, Job job, String how, long nanos) {
    TimelineRecorder recorder = timeline;
    if (recorder != null) {
      long now = recorder.now();
      recorder.add(new Span(name + " " + channel, job + how, now - Math.max(0, nanos), now));
    }
  }
}
