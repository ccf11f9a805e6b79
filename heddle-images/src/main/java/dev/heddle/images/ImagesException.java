package dev.heddle.images;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Why a picture could not be fetched, drawn or uploaded: the root of this module's errors. */
public abstract sealed class ImagesException extends IOException {

  private ImagesException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The server did not answer as it should. */
  public static final class Transfer extends ImagesException {
    private final boolean passing;

    Transfer(String message, boolean passing, @Nullable Throwable cause) {
      super(message, cause);
      this.passing = passing;
    }

    /** Whether the same request may well succeed a little later. */
    public boolean isPassing() {
      return passing;
    }
  }

  /** A picture cannot be read or drawn. */
  public static final class Unreadable extends ImagesException {

    Unreadable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
