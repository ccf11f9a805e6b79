package dev.heddle.asyncio;

import dev.heddle.base.Describe;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Thrown when a time-out has run out; the work that it limits was cancelled and has ended. Origin: {@code TimeoutError}. */
public final class AsyncTimeoutException extends AsyncioException {
  private static final long serialVersionUID = 1;

  /** An exception for a limit that has run out. */
  public AsyncTimeoutException(Duration limit, @Nullable Throwable cause) {
    super("the time-out of " + Describe.duration(limit) + " has run out; the work that it limits was cancelled", cause);
  }
}
