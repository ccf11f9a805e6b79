package dev.heddle.images;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Thrown when a picture cannot be downloaded, rendered or uploaded; the root of this module's exceptions. */
public abstract sealed class ImagesException extends IOException {

  private ImagesException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Thrown when a request to the server fails. */
  public static final class Transfer extends ImagesException {
    private final boolean isTransient;

    Transfer(String message, boolean isTransient, @Nullable Throwable cause) {
      super(message, cause);
      this.isTransient = isTransient;
    }

    /** Whether the failure is transient: the same request may succeed later. */
    public boolean isTransient() {
      return isTransient;
    }
  }

  /** Thrown when a picture cannot be read or rendered. */
  public static final class Unreadable extends ImagesException {

    /** Creates an exception with a message. */
    public Unreadable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
