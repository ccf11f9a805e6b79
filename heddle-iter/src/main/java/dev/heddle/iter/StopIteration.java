package dev.heddle.iter;

import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by {@code next}, {@code send} and {@code raise} when the body has no further element, with the body's result.
 *
 * <p>Origin: Python's {@code StopIteration}.
 */
public final class StopIteration extends NoSuchElementException {
  private static final long serialVersionUID = 1;

  private final transient @Nullable Object result;

  /** Creates the exception with the result of the body, null if it has none. */
  public StopIteration(String message, @Nullable Object result) {
    super(message);
    this.result = result;
  }

  /** What the body returned; null for a generator, and if the body had ended before. */
  public @Nullable Object result() {
    return result;
  }
}
