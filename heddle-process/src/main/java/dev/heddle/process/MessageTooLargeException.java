package dev.heddle.process;

/** What a task fails with when it or its result is larger than {@link ProcessOptions#maxMessage} allows. */
public final class MessageTooLargeException extends ProcessException {

  private MessageTooLargeException(String message) {
    super(message, null);
  }

  static MessageTooLargeException ofTask(String task, long bytes, long limit) {
    return new MessageTooLargeException(
        "task '" + task + "' takes " + bytes + " bytes when encoded, but maxMessage is " + limit
            + "; capture less, hand over a file, or raise maxMessage");
  }
}
