package dev.heddle.process;

/** The failure of a task that is, or whose result is, larger than {@link ProcessOptions#maxMessage} allows. */
public final class MessageTooLargeException extends ProcessException {

  /** An error that names what is too large, the limit and the remedy. */
  public MessageTooLargeException(String message) {
    super(message, null);
  }
}
