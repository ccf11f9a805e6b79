package dev.heddle.process;

import dev.heddle.futures.spi.Work;
import org.jspecify.annotations.Nullable;

/**
 * What threads that wait for a task do meanwhile: they read what comes from workers themselves, which saves the wake-up of
 * another thread, and then their own. Thread-safe.
 *
 * <p>What they do for other tasks is brief and calls no foreign code; all else is left to the channels' threads.
 */
final class Lending {
  private static final long HELP_NANOS = 100_000; // longer than it takes to wake a worker's processor
  private static final int POLLS_PER_YIELD = 32;
  private static final int MOST_POLLED = 8;

  private final Crew crew;
  private final Runnable launching;
  private final boolean allowed;

  /**
   * The threads that wait for tasks of a pool.
   *
   * @param launching what has to be done when workers got tasks, and is brief
   */
  Lending(Crew crew, ProcessOptions options, Runnable launching) {
    this.crew = crew;
    this.launching = launching;
    // A listener may take its time, which must not be that of whoever happens to wait for a task.
    this.allowed = options.pool().listener() == null && options.output() instanceof ForwardedOutput;
  }

  /**
   * Lends the calling thread for some microseconds.
   *
   * @param nanos how long it would wait at the most
   */
  void help(Work awaited, long nanos) {
    if (allowed && nanos >= HELP_NANOS && awaited.attachment() instanceof Job job) {
      Worker own = job.worker;
      if (own != null && own.isQuick()) {
        help(job, own, nanos == Long.MAX_VALUE);
      }
    }
  }

  private void help(Job awaited, Worker own, boolean patient) {
    Worker[] all = crew.active();
    Worker[] polled = all.length > MOST_POLLED || all.length < 2 ? new Worker[]{own} : all;
    for (Worker each : polled) {
      each.channel.beginPolling();
    }
    Part part = new Part(awaited, patient);
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

  /** What is for a thread that helps. */
  private final class Part implements WorkerChannel.Share {
    private final Job awaited;
    private final boolean patient;
    private Settlement.@Nullable Settling ownEnd; // a job has but one

    Part(Job awaited, boolean patient) {
      this.awaited = awaited;
      this.patient = patient;
    }

    @Override
    public boolean takes(Runnable rest) {
      return rest == launching
          || (rest instanceof Settlement.Settling settling && (settling.isBrief() || (patient && settling.isOf(awaited))));
    }

    @Override
    public void perform(Runnable rest) {
      if (!(rest instanceof Settlement.Settling settling)) {
        rest.run();
      } else if (settling.isBrief()) {
        settling.runForOthers();
      } else {
        ownEnd = settling;
      }
    }

    boolean hasCome() {
      return ownEnd != null || awaited.work.body() == null;
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // polls without yielding starve the very worker they wait for, if cores are few
  private static boolean poll(Part part, Worker own, Worker[] polled) {
    long end = System.nanoTime() + HELP_NANOS;
    for (int polls = 1; System.nanoTime() - end < 0; polls++) {
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
