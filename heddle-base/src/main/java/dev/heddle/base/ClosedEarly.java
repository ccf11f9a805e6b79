package dev.heddle.base;

/**
 * The exception of an iterator that was closed before its end and is asked for an element: closed is not ended, so it is an
 * error.
 */
public final class ClosedEarly {
  private ClosedEarly() {}

  /** Returns the message; {@code what} names the iterator. */
  public static String message(String what) {
    return what
        + " was closed before its end and hands out nothing more: by its own close() or that of an Iter that reads from it, as"
        + " at the end of a try-with-resources statement; take what is needed before, or make a new one";
  }

  /** Returns the error; {@code what} names the iterator. */
  public static IllegalStateException error(String what) {
    return new IllegalStateException(message(what));
  }
}
