package dev.heddle.futures.core;

import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/**
 * A warning that is logged when an object becomes unreachable before its outcome was read: a failed future, a partly
 * submitted map. Thread-safe; no method blocks.
 *
 * <p>The logger is {@code dev.heddle.futures.unread}; switch it off to opt out.
 */
public abstract class UnreadReport implements Runnable {
  private static final System.Logger LOGGER = System.getLogger("dev.heddle.futures.unread");
  private static final Cleaner CLEANER = Cleaner.create(
      task -> Thread.ofPlatform()
          .name("heddle-unread")
          .daemon(true)
          .inheritInheritableThreadLocals(false)
          .unstarted(task));

  private volatile boolean settled; // read, or reported
  private Cleaner.@Nullable Cleanable registration;

  /** A report that is not registered yet. Must not refer to the object that it is about. */
  protected UnreadReport() {}

  /** Logs the warning when the object becomes unreachable, unless {@link #settle} is called before. */
  public final void register(Object about) {
    if (isEnabled()) {
      registration = CLEANER.register(about, this);
    }
  }

  /** Runs an action when an object becomes unreachable; the action must not refer to the object. */
  public static Cleaner.Cleanable onceUnreachable(Object object, Runnable action) {
    return CLEANER.register(object, action);
  }

  /** Returns whether warnings are logged at all. */
  static boolean isEnabled() {
    return LOGGER.isLoggable(System.Logger.Level.WARNING);
  }

  /** Called when the outcome is read: there is nothing to report. */
  public final void settle() {
    if (!settled) {
      settled = true;
      Cleaner.Cleanable registered = registration;
      if (registered != null) {
        registered.clean(); // removes the registration
      }
    }
  }

  /** Logs the warning now, if the outcome has not been read and no warning was logged before. */
  @Override
  public final void run() {
    if (!settled) {
      settled = true;
      try {
        LOGGER.log(System.Logger.Level.WARNING, message(), cause());
      } catch (Throwable e) {
        // a logger that fails, or no memory for the message: there is no other place to report it
      }
    }
  }

  /** The text of the warning. */
  protected abstract String message();

  /** The exception to log; null if there is none. */
  protected @Nullable Throwable cause() {
    return null;
  }
}
