package dev.heddle.dispatch;

import java.io.IOException;
import java.util.List;

/**
 * A worker as the dispatcher knows it: it takes tasks, runs them one after the other in the order in which they were sent,
 * and reports their ends. A process behind a socket is one; a member of a cluster can be another.
 *
 * <p>Thread-safe; no method blocks.
 */
public interface WorkerChannel {

  /**
   * Starts the worker. Called once, before any other method but {@link #number}.
   *
   * @param now whether a task waits for it, or nothing runs; otherwise it may leave the processor to what runs for some
   *     milliseconds, unless {@link #wakeUp} is called
   * @throws IOException if the start cannot even be tried, as without file descriptors; {@link Listener#gone} is not called
   *     then
   */
  void start(boolean now) throws IOException;

  /** Returns the worker's number; a pool's workers are numbered from 1. */
  int number();

  /** Returns the id of the worker's process; -1 if it has none of its own, or none yet. */
  default long pid() {
    return -1;
  }

  /** Returns the worker's own memory in bytes (neither shared memory nor mapped files), or -1 if it is not known. */
  long ownMemory();

  /**
   * Sends a task, which leaves with the next {@link #flush}.
   *
   * @param id the task's number in this channel, one more than the last one's
   * @return false if too many tasks are under way; then it was not sent
   */
  boolean send(int id, Payload task);

  /** Sends what waits to be sent. */
  void flush();

  /**
   * Goes on with what was sent, where that takes longer than the dispatcher's lock should be held. Called without the lock after
   * each {@link #send} to a worker that had nothing to do, and at other times. Does not throw.
   */
  default void depart() {}

  /** Takes a task back that was sent; false if the worker has started it. Still answers when the worker is gone. */
  boolean takeBack(int id);

  /** Returns whether a task has been sent, down to its last byte, and has not been started yet. */
  boolean isUnclaimed(int id);

  /** Returns whether a task that was sent is over in the worker, so that the report of its end is under way. */
  boolean isPassed(int id);

  /**
   * Asks the worker to interrupt a task, whose end it then reports as any other; false if tasks can be ended only with their
   * worker. Called under the dispatcher's lock.
   */
  default boolean interrupt(int id) {
    return false;
  }

  /** Returns how many tasks may wait in the worker behind the one that runs; 0 for all workers of a pool, or for none. */
  default int mostAhead() {
    return Integer.MAX_VALUE;
  }

  /** Reads messages on the calling thread. Does nothing if another thread is reading. */
  void poll(Share share);

  /**
   * Announces that the calling thread is going to {@link #poll} repeatedly, so that no other thread need wait for messages.
   */
  void beginPolling();

  /** Ends {@link #beginPolling}; successful if the awaited message has come, so that polling is likely to go on soon. */
  void endPolling(boolean successful);

  /** Makes the channel's thread call {@link Listener#look} and {@link Listener#nextLook} again. */
  void wakeUp();

  /** Makes the worker end when it has done what was sent. */
  void quit();

  /** Makes the worker end at once, with the processes it has started. */
  void kill(String reason);

  /** Returns whether the worker has connected, so that its program at least runs. */
  boolean hasConnected();

  /** Returns the end of a worker that is being killed for a reason and whose actual end is not known yet. */
  WorkerEnd endBy(String reason);

  /**
   * Records the worker's life in a flight recording, if one is running. Called under the dispatcher's lock.
   *
   * @param executor the name of the pool
   * @param tasks how many tasks the worker has finished
   * @param unexpected whether the worker ended without being told to
   */
  default void recordEnd(String executor, WorkerEnd end, long tasks, boolean unexpected) {}

  /**
   * Decides which follow-up actions of the messages that a thread reads are its own; it leaves the others to the channel's
   * thread.
   */
  interface Share {

    /** Accepts every action: the share of the channel's own thread. */
    Share ALL = action -> true;

    /**
     * Returns whether the action is for this thread. Asked repeatedly, under the channel's lock too; the answer must not
     * change.
     */
    boolean takes(Runnable action);

    /** Runs the action, or keeps it for later; no lock is held. */
    default void perform(Runnable action) {
      action.run();
    }
  }

  /**
   * The end of a task.
   *
   * @param id the task's number in its channel
   * @param success whether the outcome is a result, not a failure
   * @param nanos how long the task took by the worker's account, in nanoseconds
   * @param endNanos when it ended, by {@link System#nanoTime} of this JVM; not in the future
   * @param outcome not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not copied, and never compared
  record TaskEnd(int id, boolean success, long nanos, long endNanos, byte[] outcome) {}

  /** Receives what workers report. Thread-safe. */
  interface Listener {

    /** The worker is prepared and takes tasks. */
    void ready(WorkerChannel worker);

    /** The worker's initializer has failed with this; the worker ends. */
    void unprepared(WorkerChannel worker, Throwable cause);

    /**
     * Some tasks have ended, in this order. Called under the channel's lock: it neither blocks nor calls foreign code.
     *
     * @param actions where to add what is to be done about it once the lock is free; done also if this throws after that
     */
    void ended(WorkerChannel worker, List<TaskEnd> ends, List<Runnable> actions);

    /** Returns the name of a task that the worker was given, or an empty string. Called under the channel's lock. */
    String taskName(WorkerChannel worker, int id);

    /** Returns after how many milliseconds, at least 1, the worker is to be {@linkplain #look looked at}. */
    long nextLook(WorkerChannel worker);

    /** Checks whether the worker idles, grows or hangs. */
    void look(WorkerChannel worker);

    /** The worker is to end once it has done what it was given; another takes its place if there are tasks. */
    void leaving(WorkerChannel worker);

    /** The worker has ended. Called once, and last. */
    void gone(WorkerChannel worker, WorkerEnd end);
  }
}
