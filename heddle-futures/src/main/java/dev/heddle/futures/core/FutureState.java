package dev.heddle.futures.core;

import java.util.ArrayDeque;
import java.util.Deque;
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
  Open PENDING = new Open(false, null);
  /** Running, without observers. */
  Open RUNNING = new Open(true, null);

  /**
   * Not done.
   *
   * @param running whether an attempt is under way
   * @param observer is notified of the end; null if there is none
   */
  record Open(boolean running, @Nullable Observer observer) implements FutureState {

    Open with(Observer another) {
      return new Open(running, observer == null ? another : new Observers(another, observer));
    }

    Open without(Observer gone) {
      return new Open(running, Observers.without(observer, gone));
    }

    Open running(boolean nowRunning) {
      return observer == null ? (nowRunning ? RUNNING : PENDING) : new Open(nowRunning, observer);
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
  }

  /** Several observers as one: an immutable list, the latest first. They are notified in the order in which they were added. */
  record Observers(Observer latest, Observer earlier) implements Observer {

    /** Returns the given observers without one of them. */
    static @Nullable Observer without(@Nullable Observer all, Observer gone) {
      Observer kept = null;
      for (Observer each : inOrder(all)) {
        if (each != gone) {
          kept = kept == null ? each : new Observers(each, kept);
        }
      }
      return kept;
    }

    private static Deque<Observer> inOrder(@Nullable Observer all) {
      Deque<Observer> inOrder = new ArrayDeque<>();
      Observer rest = all;
      while (rest instanceof Observers(var latest, var earlier)) {
        inOrder.addFirst(latest);
        rest = earlier;
      }
      if (rest != null) {
        inOrder.addFirst(rest);
      }
      return inOrder;
    }

    @Override
    public boolean isForeign() {
      Observer rest = this;
      while (rest instanceof Observers(var latest, var earlier)) {
        if (latest.isForeign()) {
          return true;
        }
        rest = earlier;
      }
      return rest.isForeign();
    }

    @Override
    public void done(CoreFuture<?> future) {
      Deque<Observer> inOrder;
      try {
        inOrder = inOrder(this);
      } catch (Throwable e) { // out of memory, perhaps while a class is loaded
        notifyLatestFirst(future);
        return;
      }
      for (Observer each : inOrder) { // not recursive: there may be very many
        each.done(future);
      }
    }

    /** Notifies without allocating memory: out of order is better than not at all. */
    private void notifyLatestFirst(CoreFuture<?> future) {
      Observer rest = this;
      while (rest instanceof Observers(var latest, var earlier)) {
        latest.done(future);
        rest = earlier;
      }
      rest.done(future);
    }
  }
}
