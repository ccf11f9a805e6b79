package dev.heddle.iter;

import org.jspecify.annotations.Nullable;

/**
 * An error in the use of a generator or coroutine; the root of this module's errors.
 *
 * <p>Exceptions of a body's own are not wrapped in it: they pass as they are.
 */
public abstract sealed class GeneratorException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private GeneratorException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The generator was asked for something while its body runs, by the body itself or by another thread. */
  public static final class AlreadyExecuting extends GeneratorException {
    private static final long serialVersionUID = 1;

    /** Creates the error with a message that says what to do instead. */
    public AlreadyExecuting(String message) {
      super(message, null);
    }
  }

  /** A value was sent to a coroutine that has not reached its first yield, so there is no yield to receive it. */
  public static final class NotStarted extends GeneratorException {
    private static final long serialVersionUID = 1;

    /** Creates the error with a message that says what to do instead. */
    public NotStarted(String message) {
      super(message, null);
    }
  }

  /** A body yielded although it was being closed. */
  public static final class IgnoredExit extends GeneratorException {
    private static final long serialVersionUID = 1;

    /** Creates the error with a message that says what to do instead. */
    public IgnoredExit(String message) {
      super(message, null);
    }
  }

  /**
   * A {@link java.util.NoSuchElementException} left a body, where the consumer would have taken it for the end.
   *
   * <p>Its cause is that exception. Origin: PEP 479.
   */
  public static final class EscapedStopIteration extends GeneratorException {
    private static final long serialVersionUID = 1;

    /** Creates the error for an exception that left a body. */
    public EscapedStopIteration(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Thrown when a call does not go with the state of the generator. */
  public static final class WrongState extends GeneratorException {
    private static final long serialVersionUID = 1;

    /** Creates the error with a message that says what to do instead. */
    public WrongState(String message) {
      super(message, null);
    }
  }
}
