package dev.heddle.asyncio;

import java.util.List;

/**
 * Thrown at the end of a {@link TaskGroup} of which tasks, or the body, have failed.
 *
 * <p>Its cause is the first failure, the others are suppressed in it. Origin: {@code ExceptionGroup}.
 */
public final class TaskGroupException extends AsyncioException {
  private static final long serialVersionUID = 1;

  private final transient List<Throwable> errors;

  TaskGroupException(String message, List<Throwable> errors) {
    super(message, errors.getFirst());
    this.errors = List.copyOf(errors);
    for (Throwable each : this.errors) {
      if (each != getCause()) {
        addSuppressed(each);
      }
    }
  }

  /** What has failed, in the order in which it happened. */
  public List<Throwable> errors() {
    return errors;
  }
}
