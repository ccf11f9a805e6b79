package dev.heddle.process;

import dev.heddle.codec.EncodedTask;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker as the dispatcher knows it: something that takes tasks, one after the other, and reports their ends. A process
 * behind a socket today; a member of a cluster is another.
 *
 * <p>Thread-safe; nothing blocks. The worker runs the tasks in the order in which they were sent.
 */
interface WorkerChannel {

  /** Counts the pool's workers. */
  int number();

  /** The process id, or -1 if there is none yet. */
  long pid();

  /** Its resident memory in bytes, or -1 if the system does not tell. */
  long rss();

  /** The part of it that is its own alone: no shared memory and no mapped files. */
  long ownMemory();

  /**
   * Sends a task, which leaves with the next {@link #flush}.
   *
   * @param id the task's number in this channel, one more than the last one's
   * @return false if too many are on their way; then it was not sent
   */
  boolean send(int id, EncodedTask task);

  /** Sends what waits to be sent. */
  void flush();

  /** Takes back a task that was sent; false if the worker has started it. Still answers when the worker is gone. */
  boolean takeBack(int id);

  /** Whether a task has been sent, down to its last byte, and has not been started yet. */
  boolean isUnclaimed(int id);

  /** Whether a task that was sent is over in the worker, so that its end is on the way here. */
  boolean isPassed(int id);

  /** Looks for messages, on the calling thread. Does nothing if another thread does so already. */
  void poll(Share share);

  /** Says that the calling thread is going to {@link #poll} again and again, so that nobody else need wait for messages. */
  void beginPolling();

  /** The end of {@link #beginPolling}; successful if what was waited for has come, so that polling will likely go on soon. */
  void endPolling(boolean successful);

  /** Looks at the clock again: {@link Listener#nextLook} has changed. */
  void wakeUp();

  /** Makes the worker end when it has done what was sent. */
  void quit();

  /** Makes the worker end at once, with the processes it has started. */
  void kill(String reason);

  /** Whether its process has called here, so that its JVM at least runs. */
  boolean hasCalled();

  /** What a thread that reads messages does itself of what is left to be done about them; the rest it leaves to another. */
  interface Share {
    /** Whether that is for this thread. Asked more than once, under the channel's lock too, and always answers the same. */
    boolean takes(Runnable rest);

    /** Does it, or keeps it for later; nothing is locked. */
    default void perform(Runnable rest) {
      rest.run();
    }
  }

  /**
   * The end of a task.
   *
   * @param id the task's number in its channel
   * @param success whether the outcome is a result, not a failure
   * @param nanos how long the worker says that it took, in nanoseconds
   * @param outcome not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not copied, and never compared
  record TaskEnd(int id, boolean success, long nanos, byte[] outcome) {}

  /** Who is told what comes from workers. */
  interface Listener {

    /** The worker is prepared and takes tasks. */
    void ready(WorkerChannel worker);

    /** The worker's initializer has failed; it ends. */
    void unprepared(WorkerChannel worker, byte[] failure);

    /**
     * Some tasks have ended, in this order. Called under the channel's lock: it must neither block nor call foreign code.
     *
     * @param rest where to add what is to be done about it once the lock is free; done also if this throws an error after that
     */
    void ended(WorkerChannel worker, List<TaskEnd> ends, List<Runnable> rest);

    /**
     * A task has printed something. Called under the channel's lock, as {@link #ended} is.
     *
     * @return what is to be done about it once the lock is free, and before what comes after
     */
    Runnable printed(WorkerChannel worker, int id, boolean error, byte[] text);

    /** The bytes of a class that the worker lacks, or null if it is not known here either. */
    byte @Nullable [] classBytes(String name);

    /** After how many milliseconds the worker is to be {@linkplain #look looked at}, at least 1. */
    long nextLook(WorkerChannel worker);

    /** Looks at the worker: whether it idles, grows or hangs. */
    void look(WorkerChannel worker);

    /** The worker has ended. Called once, and last. */
    void gone(WorkerChannel worker, WorkerEnd end);
  }
}
