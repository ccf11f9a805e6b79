package dev.heddle.futures.core;

import org.jspecify.annotations.Nullable;

/**
 * The state of a {@link CoreFuture}: one immutable value, replaced as a whole.
 *
 * <table>
 * <caption>Transitions; {@code Done} states are final</caption>
 * <tr><th>from</th><th>event</th><th>to</th></tr>
 * <tr><td>Open, pending</td><td>an attempt begins</td><td>Open, running</td></tr>
 * <tr><td>Open, running</td><td>an attempt failed and another follows</td><td>Open, pending</td></tr>
 * <tr><td>Open, either</td><td>an observer is added or removed</td><td>Open, as before</td></tr>
 * <tr><td>Open, running</td><td>the last attempt returns or throws</td><td>Success or Failure</td></tr>
 * <tr><td>Open, pending</td><td>the task is rejected</td><td>Failure</td></tr>
 * <tr><td>Open, pending</td><td>{@code cancel(false)}</td><td>Cancelled</td></tr>
 * <tr><td>Open, either</td><td>{@code cancel(true)}</td><td>Cancelled</td></tr>
 * </table>
 *
 * <p>The observers are part of the open states, so that adding one and completing the future cannot miss each other.
 */
public sealed interface FutureState {
  /** Pending, without observers. */
  Open PENDING = new Open(false, null, 0);
  /** Running, without observers. */
  Open RUNNING = new Open(true, null, 0);

  /**
   * Not done.
   *
   * @param running whether an attempt is under way
   * @param observer is notified of the end; null if there is none
   * @param forgotten how many observers were forgotten since the forgotten ones were last left out: at least as many as the
   *     forgotten ones among the observers
   */
  record Open(boolean running, @Nullable Observer observer, int forgotten) implements FutureState {

    Open with(Observer another) {
      return new Open(running, observer == null ? another : new Observers(another, observer), forgotten);
    }

    /**
     * Returns the state after one more observer was marked as forgotten. Those that are forgotten are left out once they may
     * be half of all: copying the list costs no more than the calls since the last time have saved, and the list is at most
     * twice as long as needed.
     */
    Open withOneForgotten() {
      if (observer == null) {
        return this;
      }
      if (2L * (forgotten + 1) < Observers.count(observer)) {
        return new Open(running, observer, forgotten + 1);
      }
      return of(running, Observers.remembered(observer), 0);
    }

    Open running(boolean nowRunning) {
      return of(nowRunning, observer, forgotten);
    }

    private static Open of(boolean running, @Nullable Observer observer, int forgotten) {
      return observer == null ? (running ? RUNNING : PENDING) : new Open(running, observer, forgotten);
    }
  }

  /** Finished or cancelled. */
  sealed interface Done extends FutureState {}

  /** Finished with a result. */
  record Success(@Nullable Object value) implements Done {}

  /** Finished with an exception. */
  record Failure(Throwable cause) implements Done {
    private static final Failure OUT_OF_MEMORY = new Failure(
        new OutOfMemoryError("no memory was left to record how the task ended; its outcome is lost"));

    /** A failure; if there is no memory for it, a preallocated one with an {@code OutOfMemoryError}. */
    public static Failure of(Throwable cause) {
      try {
        return new Failure(cause);
      } catch (OutOfMemoryError e) {
        return OUT_OF_MEMORY;
      }
    }

    /** Initializes this class, which needs memory, so that {@link #of} needs none later. */
    static void prepare() {}
  }

  /** Cancelled. */
  enum Cancelled implements Done {
    /** The only value. */
    INSTANCE
  }

  /** Is notified when a future is done. */
  interface Observer {

    /** Called once, by the thread that completed the future; must not throw or block. */
    void done(CoreFuture<?> future);

    /** Returns whether it calls user code, which may block. */
    default boolean isForeign() {
      return false;
    }

    /** Returns whether notifying it has no effect, from now on for ever. */
    default boolean isForgotten() {
      return false;
    }
  }

  /** An observer that can be taken out again, once; it is not added to a future after that. */
  interface Removable extends Observer {

    /**
     * Lets {@link #done} have no effect and {@link #isForgotten} return true. Drops what it refers to, since the observer
     * itself may stay with its future for a while.
     */
    void markForgotten();
  }
}
