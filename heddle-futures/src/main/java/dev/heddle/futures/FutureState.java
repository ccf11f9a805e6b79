package dev.heddle.futures;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link CoreFuture} stands, with what that needs to be known: one immutable value, swapped whole.
 *
 * <p>The observers are part of the open states, so that adding one and completing the future cannot miss each other.
 */
sealed interface FutureState {
  Open PENDING = new Open(false, null);
  Open RUNNING = new Open(true, null);

  /** Not done: whether it is running, and who wants to know of its end. */
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

  /** Done, one way or another. */
  sealed interface Done extends FutureState {}

  /** Done with a result. */
  record Success(@Nullable Object value) implements Done {}

  /** Done with an exception. */
  record Failure(Throwable cause) implements Done {}

  /** Cancelled. */
  enum Cancelled implements Done {
    INSTANCE
  }

  /** Is told when a future is done. */
  interface Observer {

    /** Called once, on the thread that completed the future; it must not throw or block. */
    void done(CoreFuture<?> future);

    /** Whether it calls the user's code, which may take its time. */
    default boolean isForeign() {
      return false;
    }
  }

  /** Several observers as one: an immutable list, the latest first. They are told in the order in which they were added. */
  record Observers(Observer latest, Observer earlier) implements Observer {

    /** What is left of some observers without one of them. */
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
      inOrder(this).forEach(each -> each.done(future)); // no recursion: there may be very many
    }
  }
}
