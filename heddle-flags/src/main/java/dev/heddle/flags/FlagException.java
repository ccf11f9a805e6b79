package dev.heddle.flags;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why a flag could not be downloaded or kept: the root of this module's errors. */
public abstract sealed class FlagException extends IOException {

  private FlagException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Whether the same request may well succeed a little later. */
  abstract boolean isPassing();

  /** The server answered, but not with a flag. */
  public static final class Status extends FlagException {
    private final int status;
    private final @Nullable Duration retryAfter;

    Status(int status, @Nullable Duration retryAfter) {
      super("the server answered " + status + reason(status), null);
      this.status = status;
      this.retryAfter = retryAfter;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }

    /** How long the server asks to be left alone; null if it does not say. */
    public @Nullable Duration retryAfter() {
      return retryAfter;
    }

    @Override
    boolean isPassing() {
      return isPassing(status);
    }

    /** Whether an HTTP status tells of trouble that may pass, so that it is worth while to ask again: 408, 429 or 5xx. */
    public static boolean isPassing(int status) {
      return status == 408 || status == 429 || status >= 500;
    }

    private static String reason(int status) {
      return switch (status) {
        case 403 -> " (forbidden)";
        case 408 -> " (request time-out)";
        case 418 -> " (I'm a teapot)";
        case 429 -> " (too many requests)";
        case 500 -> " (internal error)";
        case 503 -> " (service unavailable)";
        default -> "";
      };
    }
  }

  /** The answer did not come, or not whole. */
  public static final class Transfer extends FlagException {

    Transfer(String message, @Nullable Throwable cause) {
      super(message, cause);
    }

    @Override
    boolean isPassing() {
      return true;
    }
  }

  /** The folder for the flags cannot be used: it is not writable, full, or in use. */
  public static final class Folder extends FlagException {

    Folder(String message, @Nullable Throwable cause) {
      this(message, "make the folder usable, or choose another", cause);
    }

    private Folder(String message, String remedy, @Nullable Throwable cause) {
      super(message + "; " + remedy, cause);
    }

    static Folder inUse(Path path) {
      return new Folder("another download is writing to " + path, "wait for its end, or choose another folder", null);
    }

    static Folder notWritable(Path path, IOException cause) {
      return new Folder("cannot write to " + path + ": " + reason(cause), cause);
    }

    @Override
    boolean isPassing() {
      return false;
    }

    private static String reason(IOException cause) {
      return switch (cause) {
        case AccessDeniedException _ -> "permission denied";
        case NoSuchFileException _ -> "it is not there, and cannot be made";
        case FileAlreadyExistsException _ -> "it is a file, not a folder";
        case FileSystemException failure when failure.getReason() != null -> failure.getReason();
        default -> String.valueOf(cause.getMessage());
      };
    }
  }
}
