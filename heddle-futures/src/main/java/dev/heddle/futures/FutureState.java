package dev.heddle.futures;

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
  record Open(boolean running, @Nullable Observers observers) implements FutureState {

    Open with(Observer observer) {
      return new Open(running, new Observers(observer, observers));
    }

    Open without(Observer observer) {
      return new Open(running, Observers.without(observers, observer));
    }

    Open running(boolean nowRunning) {
      return observers == null ? (nowRunning ? RUNNING : PENDING) : new Open(nowRunning, observers);
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
  }

  /** An immutable list of observers, the latest first. */
  record Observers(Observer head, @Nullable Observers tail) {

    static @Nullable Observers without(@Nullable Observers all, Observer observer) {
      Observers kept = null;
      for (Observers each = reversed(all); each != null; each = each.tail) {
        if (each.head != observer) {
          kept = new Observers(each.head, kept);
        }
      }
      return kept;
    }

    static @Nullable Observers reversed(@Nullable Observers all) {
      Observers reversed = null;
      for (Observers each = all; each != null; each = each.tail) {
        reversed = new Observers(each.head, reversed);
      }
      return reversed;
    }

    /** Tells all, in the order in which they were added. */
    static void tell(@Nullable Observers all, CoreFuture<?> future) {
      Observers inOrder = all == null || all.tail == null ? all : reversed(all);
      for (Observers each = inOrder; each != null; each = each.tail) {
        each.head.done(future);
      }
    }
  }
}
