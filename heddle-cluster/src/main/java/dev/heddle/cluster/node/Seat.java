package dev.heddle.cluster.node;

import org.jspecify.annotations.Nullable;

/**
 * A place for one task at a time of a driver. Tasks are numbered upwards; each begins once at the most, and an interrupt reaches
 * the task it is meant for and no other, also if it comes before that task. Thread-safe.
 */
final class Seat {
  private final int slots;
  private final ClassLoader loader;
  private @Nullable Thread thread;
  private long latest;
  private long interrupted; // this and all before it are not wanted any more

  Seat(int slots, ClassLoader loader) {
    this.slots = slots;
    this.loader = loader;
  }

  /** How many slots its tasks take. */
  int slots() {
    return slots;
  }

  /** The context class loader of its tasks. */
  ClassLoader loader() {
    return loader;
  }

  /** Whether the task may begin, on the calling thread: it has not before, and was not interrupted. */
  synchronized boolean begin(long id) {
    if (id <= latest || id <= interrupted || thread != null) {
      return false;
    }
    latest = id;
    thread = Thread.currentThread();
    return true;
  }

  /** The task has ended; its thread is not interrupted from now on. */
  synchronized void end() {
    thread = null;
    boolean _ = Thread.interrupted(); // it was meant for this task
  }

  /** Interrupts a task, and all before it. */
  synchronized void interrupt(long id) {
    interrupted = Math.max(interrupted, id);
    if (thread != null && latest <= id) {
      thread.interrupt();
    }
  }
}
