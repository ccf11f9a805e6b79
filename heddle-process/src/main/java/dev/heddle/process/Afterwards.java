package dev.heddle.process;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What is due once the dispatcher's lock is free, for it calls foreign code: tasks that were given to workers begin and are sent,
 * and others fail. Whoever has held the lock {@linkplain #run runs} it, and does so for everybody. Thread-safe.
 *
 * <p>Each item is done whatever becomes of another. One that a thread has no memory or stack for is tried again by somebody else.
 */
final class Afterwards {
  private static final int MOST_TRIES = 3;

  /** What can be due: a task, which is to be launched, or a failure. */
  sealed interface Due permits Job, Failure {}

  /** A task that fails. */
  record Failure(Job job, Throwable cause) implements Due {}

  /** What is done with a task that was given to a worker. */
  interface Launcher {
    /** Begins and sends it. */
    void launch(Job job);

    /** It cannot be launched. */
    void refuse(Job job, Throwable cause);
  }

  private final Launcher launcher;
  private final Queue<Due> due = new ConcurrentLinkedQueue<>();

  Afterwards(Launcher launcher) {
    this.launcher = launcher;
  }

  /** A task was given to a worker, or has turned out to be at its head. */
  void launch(Job job) {
    due.add(job);
  }

  /** A task is to fail. */
  void fail(Job job, Throwable cause) {
    due.add(new Failure(job, cause));
  }

  /** Launches a task of the calling thread's own, without the queue; nothing is locked. */
  void launchNow(Job job) {
    try {
      launcher.launch(job);
    } catch (Throwable e) { // no stack or memory left
      launcher.refuse(job, e);
    }
  }

  /** Does what is due; nothing is locked. */
  void run() {
    for (Due next = due.poll(); next != null; next = due.poll()) {
      try {
        switch (next) {
          case Job job -> launcher.launch(job);
          case Failure failure -> failure.job.fail(failure.cause);
        }
      } catch (VirtualMachineError e) { // this thread may be deep in its own recursion, which is not that task's fault
        Worker worker = next instanceof Job job && ++job.launches < MOST_TRIES ? job.worker : null;
        if (worker != null) {
          due.add(next);
          worker.channel.wakeUp(); // its thread has more stack, and does the rest, too
          return;
        }
        failed(next, e);
      } catch (Throwable e) {
        failed(next, e);
      }
    }
  }

  private void failed(Due one, Throwable e) {
    switch (one) {
      case Failure failure -> Log.ignored("failing task '" + failure.job + "'", e); // of a callback: the future is done
      case Job job -> launcher.refuse(job, e);
    }
  }
}
