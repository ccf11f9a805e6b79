package dev.heddle.asyncio;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Thrown when the time for something has run out; it was cancelled and has ended. Origin: {@code TimeoutError}. */
public final class AsyncTimeoutException extends AsyncioException {
  private static final long serialVersionUID = 1;

  AsyncTimeoutException(Duration limit, @Nullable Throwable cause) {
    super("the time-out of " + limit + " has run out; what it limits was cancelled", cause);
  }
}
