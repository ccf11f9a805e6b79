package dev.heddle.dispatch;

import dev.heddle.base.ModuleLog;
import dev.heddle.futures.spi.Attempt;
import dev.heddle.timeline.Span;
import java.util.List;

/**
 * Completes the futures of tasks that have ended, after decoding their outcomes. That calls foreign code, so no lock is
 * held. Thread-safe.
 */
final class Completions {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.dispatch");
  private final TaskTimeline timeline;

  Completions(TaskTimeline timeline) {
    this.timeline = timeline;
  }

  /** The completion of one task. */
  final class Completion implements Runnable {
    private final Worker worker;
    private final DispatchedTask task;
    private final WorkerChannel.TaskEnd end;
    private long start;
    private boolean recorded;

    private Completion(Worker worker, DispatchedTask task, WorkerChannel.TaskEnd end) {
      this.worker = worker;
      this.task = task;
      this.end = end;
    }

    /** Whether it belongs to that attempt; an earlier attempt at the same task may end, too. */
    boolean isOf(DispatchedTask other) {
      return task == other;
    }

    /** Whether it takes next to no time and calls no foreign code. */
    boolean isBrief() {
      return end.success() && worker.outcomes.isPlain(end.outcome());
    }

    /** Notes when the task began, for the timeline. */
    void began(long nanos) {
      start = nanos;
    }

    private void complete() {
      task.begin(); // if it was so quick that no thread had let it begin
      Attempt attempt = task.attempt();
      if (attempt == null || end.success()) {
        record(end.success() ? Span.Ending.COMPLETED : Span.Ending.FAILED);
      }
      if (attempt == null) {
        worker.outcomes.discard(end.outcome(), end.success());
      } else if (end.success()) {
        attempt.succeed(worker.outcomes.value(end.outcome())); // whatever decoding throws fails this task
      } else {
        fail(attempt);
      }
    }

    /** The attempt decides whether another one follows, which the timeline tells. */
    private void fail(Attempt attempt) {
      try {
        Throwable failure = worker.outcomes.failure(end.outcome(), task.toString());
        if (timeline.isKept()) {
          attempt.onEnd(this::record);
        }
        attempt.fail(failure);
      } finally {
        record(Span.Ending.FAILED); // if it had ended before, such as by its time-out
      }
    }

    private void record(Span.Ending how) {
      if (!recorded) {
        recorded = true; // a completion that fails for lack of memory is run again
        timeline.ended(worker, task, start, end, how);
      }
    }

    /** Completes the future; if this thread cannot, for lack of memory, the future fails with that. */
    @Override
    public void run() {
      try {
        complete();
      } catch (Throwable e) { // the future must not wait for ever
        task.fail(e);
      } finally {
        worker.releaseOutcomes();
      }
    }

    /**
     * Completes the future on a thread that does not wait for this task.
     *
     * @throws VirtualMachineError if that thread has no stack or memory left for it; then it is not done, and can be run
     *     again
     */
    void runForOthers() {
      try {
        complete();
      } catch (VirtualMachineError e) {
        throw e;
      } catch (Throwable e) {
        task.fail(e);
      }
      worker.releaseOutcomes();
    }
  }

  /** Returns the completion of a task whose end was booked; it must be run exactly once. */
  Completion of(Worker worker, DispatchedTask task, WorkerChannel.TaskEnd end) {
    return new Completion(worker, task, end);
  }

  /** Fails the tasks that a worker was running when it ended. */
  void failAll(Worker worker, List<DispatchedTask> victims, WorkerEnd end) {
    for (int i = 0; i < victims.size(); i++) { // an iterator would need memory
      DispatchedTask each = victims.get(i);
      try {
        each.begin();
        Attempt attempt = each.attempt();
        each.fail(end.failureOf(each.work.name(), attempt == null ? 1 : attempt.number()));
      } catch (Throwable e) { // out of memory, say: the others must fail all the same
        failWith(each, e);
      }
    }
    worker.releaseOutcomes();
  }

  private static void failWith(DispatchedTask task, Throwable cause) {
    try {
      task.fail(cause);
    } catch (Throwable e) {
      LOG.ignored("failing a task", e); // its name would need memory
    }
  }
}
