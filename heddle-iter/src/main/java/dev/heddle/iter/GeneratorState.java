package dev.heddle.iter;

/** The state of the run of a generator or coroutine; the names are those of Python's {@code inspect.getgeneratorstate}. */
public enum GeneratorState {
  /** Nothing of the body has run yet. */
  CREATED,
  /** The body is running at this moment. */
  RUNNING,
  /** The body waits at a yield. */
  SUSPENDED,
  /** The body has returned, failed or been closed; it will not run again. */
  CLOSED
}
