package dev.heddle.codec;

import org.jspecify.annotations.Nullable;

/**
 * Creates the exceptions that the codec throws or returns, so that each engine has those of its own API. Implementations
 * must be thread-safe and must not throw.
 */
public interface CodecErrors {

  /** Returns an exception for a message that violates the protocol or a value that cannot be taken apart or rebuilt. */
  RuntimeException failure(String message, @Nullable Throwable cause);

  /** Returns an exception for a task that cannot be encoded; the message names the field path and the remedy. */
  RuntimeException taskNotSerializable(String message, @Nullable Throwable cause);

  /** Returns an exception for a result that cannot be encoded; the message names the field path and the remedy. */
  RuntimeException resultNotSerializable(String message, @Nullable Throwable cause);

  /** Returns an exception for bytes from a worker that are refused: malformed, over a limit, or of a class not allowed. */
  RuntimeException resultNotAccepted(String message, @Nullable Throwable cause);

  /** Returns an exception for a class whose file is not the one that the parent's class was loaded from. */
  default RuntimeException classChanged(String message) {
    return failure(message, null);
  }

  /** Returns an exception without a stack trace of its own whose text is a worker's stack trace. */
  Throwable remoteStackTrace(String text);

  /**
   * Returns an exception that stands for a worker's exception that could not be sent as an object.
   *
   * @param className the class of the worker's exception
   * @param message its message, empty if it had none
   * @param reason why it was not sent as an object
   * @param stackTrace the text for {@link #remoteStackTrace}, which is the cause of what is returned
   */
  Throwable remoteException(String className, String message, String reason, String stackTrace);
}
