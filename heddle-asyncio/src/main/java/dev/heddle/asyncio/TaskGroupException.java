package dev.heddle.asyncio;

import java.util.List;

/**
 * Thrown at the end of a {@link TaskGroup} whose tasks or body have failed.
 *
 * <p>Its cause is the first failure, the others are suppressed in it. Origin: {@code ExceptionGroup}.
 */
public final class TaskGroupException extends AsyncioException {
  private static final long serialVersionUID = 1;

  private final transient List<Throwable> errors;

  /** An exception for the failures of a group, at least one, in the order in which they happened. */
  public TaskGroupException(String message, List<Throwable> errors) {
    super(message, errors.getFirst());
    this.errors = List.copyOf(errors);
    for (Throwable each : this.errors) {
      if (each != getCause()) {
        addSuppressed(each);
      }
    }
  }

  /** Returns the failures in the order in which they happened. */
  public List<Throwable> errors() {
    return errors;
  }
}
