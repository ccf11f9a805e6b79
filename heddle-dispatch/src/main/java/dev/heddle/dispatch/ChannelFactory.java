package dev.heddle.dispatch;

import java.io.IOException;

/**
 * Makes the workers of an engine. Called under the dispatcher's lock, so it neither blocks for long nor calls foreign code.
 */
public interface ChannelFactory {

  /**
   * Returns a worker that has not been {@linkplain WorkerChannel#start started}.
   *
   * @param number the worker's number
   * @param listener is told what the worker reports
   * @throws IOException if there is none to be had now, as without file descriptors
   */
  WorkerChannel open(int number, WorkerChannel.Listener listener) throws IOException;

  /**
   * Returns how many workers there can be now; {@link Integer#MAX_VALUE} if the engine can start as many as it is asked for.
   * Called under the dispatcher's lock and without; {@link Dispatcher#capacityChanged} makes the dispatcher ask again.
   */
  default int capacity() {
    return Integer.MAX_VALUE;
  }

  /** Returns whether a running task is ended by {@link WorkerChannel#interrupt}, so that its body can respond. */
  default boolean interrupts() {
    return false;
  }

  /** Returns the exception that says that the start of a worker could not even be tried. */
  Throwable cannotStart(Throwable cause);

  /**
   * The pool's first worker is ready. No lock is held, and no task waits for this. What is needed when starts fail later is
   * to be loaded here: then there may be no descriptors to load classes with, and a class that could not be loaded once is
   * missing for good.
   */
  default void hasWorked() {}

  /**
   * The start of a worker has failed. No lock is held; must not throw.
   *
   * @param inARow how many have failed since a worker was ready
   */
  default void startFailed(int inARow, Throwable failure) {}

  /** A worker has ended before it had connected: what it was started from may be damaged. No lock is held. */
  default void endedUnconnected(WorkerChannel worker) {}

  /** The kind of workers, in the plural, for the view from outside. */
  default String kind() {
    return "workers";
  }

  /** The last worker is gone, and no other comes. Called under the dispatcher's lock. */
  void close();
}
