package dev.heddle.dispatch;

import dev.heddle.base.StackSpace;
import dev.heddle.futures.spi.Work;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Uses threads that wait for a task: they read what comes from workers themselves, which saves waking up another thread, and
 * then decode their own outcome. Thread-safe.
 *
 * <p>What they do for other tasks is brief and calls no foreign code; everything else is left to the channels' threads.
 */
final class HelpingWaiters {
  private static final long HELP_NANOS = 100_000; // longer than it takes to wake up a worker's processor
  private static final int POLLS_PER_YIELD = 32;
  private static final int MAX_POLLED = 8;

  private final WorkerPool workers;
  private final Runnable launching;
  private final boolean allowed;
  private final LongSupplier clock;

  /**
   * Creates the helpers of a pool.
   *
   * @param launching the action that launches the tasks that workers got; it is brief
   */
  HelpingWaiters(WorkerPool workers, boolean allowed, Runnable launching, LongSupplier clock) {
    this.workers = workers;
    this.launching = launching;
    this.allowed = allowed;
    this.clock = clock;
  }

  /**
   * Uses the calling thread for some microseconds.
   *
   * @param nanos how long it would wait at most
   */
  void help(Work awaited, long nanos) {
    try {
      StackSpace.ensure();
    } catch (StackOverflowError e) {
      return; // the caller waits without helping, for which it has stack enough or not
    }
    if (allowed && nanos >= HELP_NANOS && awaited.attachment() instanceof DispatchedTask task) {
      Worker own = task.worker();
      if (own != null && own.isQuick()) {
        help(task, own, nanos == Long.MAX_VALUE);
      }
    }
  }

  private void help(DispatchedTask awaited, Worker own, boolean unbounded) {
    Worker[] all = workers.active();
    Worker[] polled = all.length > MAX_POLLED || all.length < 2 ? new Worker[]{own} : all;
    for (Worker each : polled) {
      each.channel.beginPolling();
    }
    Part part = new Part(awaited, unbounded);
    boolean come = false;
    try {
      come = poll(part, own, polled);
    } finally {
      try {
        for (Worker each : polled) {
          each.channel.endPolling(come);
        }
      } finally {
        if (part.ownEnd != null) { // only now: as long as this thread polls, no other one reads
          part.ownEnd.run();
        }
      }
    }
  }

  /** The share of a thread that helps. */
  private final class Part implements WorkerChannel.Share {
    private final DispatchedTask awaited;
    private final boolean unbounded;
    private Completions.@Nullable Completion ownEnd; // a task has but one

    Part(DispatchedTask awaited, boolean unbounded) {
      this.awaited = awaited;
      this.unbounded = unbounded;
    }

    @Override
    public boolean takes(Runnable action) {
      return action == launching
          || (action instanceof Completions.Completion completion
              && (completion.isBrief() || (unbounded && completion.isOf(awaited))));
    }

    @Override
    public void perform(Runnable action) {
      if (!(action instanceof Completions.Completion completion)) {
        action.run();
      } else if (completion.isBrief()) {
        completion.runForOthers();
      } else {
        ownEnd = completion;
      }
    }

    boolean hasCome() {
      return ownEnd != null || awaited.work.body() == null;
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // polls without yielding starve the very worker they wait for, if cores are few
  private boolean poll(Part part, Worker own, Worker[] polled) {
    long end = clock.getAsLong() + HELP_NANOS;
    for (int polls = 1; clock.getAsLong() - end < 0; polls++) {
      own.channel.poll(part);
      Worker other = polled[polls % polled.length];
      if (other != own) {
        other.channel.poll(part);
      }
      if (polls % POLLS_PER_YIELD == 0) {
        Thread.yield();
      }
      if (part.hasCome()) {
        return true;
      }
    }
    return false;
  }
}
