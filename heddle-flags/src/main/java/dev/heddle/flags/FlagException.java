package dev.heddle.flags;

import dev.heddle.base.files.UntrustedFileException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Thrown when a flag cannot be downloaded or saved; the root of this module's exceptions. */
public abstract sealed class FlagException extends IOException {

  private FlagException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Whether the failure is transient: the same request may succeed later. */
  public abstract boolean isTransient();

  /** Thrown when the server answers with an unexpected status. */
  public static final class Status extends FlagException {
    private final int status;
    private final @Nullable Duration retryAfter;

    /** Creates an exception for a status; {@code retryAfter} is the pause the server asks for, or null. */
    public Status(int status, @Nullable Duration retryAfter) {
      super("the server answered " + status + reason(status), null);
      this.status = status;
      this.retryAfter = retryAfter;
    }

    /** The HTTP status code. */
    public int status() {
      return status;
    }

    /** The pause that the server asks for (Retry-After); null if it asks for none. */
    public @Nullable Duration retryAfter() {
      return retryAfter;
    }

    @Override
    public boolean isTransient() {
      return isTransient(status);
    }

    /** Whether an HTTP status is a transient failure, for which a retry makes sense: 408, 429 or 5xx. */
    public static boolean isTransient(int status) {
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

  /** Thrown when the reply is missing, incomplete, invalid or refused. */
  public static final class Transfer extends FlagException {
    private final boolean isTransient;

    /** Creates an exception for a transient failure. */
    public Transfer(String message, @Nullable Throwable cause) {
      this(message, true, cause);
    }

    /** Creates an exception; {@code isTransient} says whether the same request may succeed later. */
    public Transfer(String message, boolean isTransient, @Nullable Throwable cause) {
      super(message, cause);
      this.isTransient = isTransient;
    }

    @Override
    public boolean isTransient() {
      return isTransient;
    }
  }

  /** Thrown when the folder cannot be used: it is not writable, full, or in use. */
  public static final class Folder extends FlagException {
    private static final String USUAL_REMEDY = "make the folder usable, or choose another";

    /** Creates an exception with a message, to which the usual remedy is added. */
    public Folder(String message, @Nullable Throwable cause) {
      this(message, USUAL_REMEDY, cause);
    }

    private Folder(String message, String remedy, @Nullable Throwable cause) {
      super(message + "; " + remedy, cause);
    }

    /** Returns an exception for a folder that another download has locked. */
    public static Folder inUse(Path path) {
      return new Folder("another download is writing to " + path, "wait until it has ended, or choose another folder", null);
    }

    /** Returns an exception for a file or folder that cannot be written to. */
    public static Folder notWritable(Path path, IOException cause) {
      return unusable("cannot write to ", path, cause);
    }

    /** Returns an exception for a file that cannot be read, or is not this user's own. */
    public static Folder notReadable(Path path, IOException cause) {
      return unusable("cannot read ", path, cause);
    }

    private static Folder unusable(String what, Path path, IOException cause) {
      return cause instanceof UntrustedFileException untrusted
          ? new Folder(what + untrusted.getFile() + ": " + untrusted.problem(), untrusted.remedy(), cause)
          : new Folder(what + path + ": " + reason(cause), USUAL_REMEDY, cause);
    }

    @Override
    public boolean isTransient() {
      return false;
    }

    private static String reason(IOException cause) {
      return switch (cause) {
        case AccessDeniedException _ -> "permission denied";
        case NoSuchFileException _ -> "it does not exist and cannot be created";
        case FileAlreadyExistsException _ -> "it is a file, not a folder";
        case FileSystemException failure when failure.getReason() != null -> failure.getReason();
        default -> String.valueOf(cause.getMessage());
      };
    }
  }
}
