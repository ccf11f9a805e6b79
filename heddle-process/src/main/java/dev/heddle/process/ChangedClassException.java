package dev.heddle.process;

/**
 * Thrown when a class of a task is not the same in a worker and in this program: its class file was replaced while the
 * program runs, by an IDE or an update in place, say. A worker would run other code than was submitted.
 *
 * <p>The message names the class. Workers that had loaded it before are not affected; the remedy is to restart the program.
 */
public final class ChangedClassException extends ProcessException {

  /** An error that names the class and the remedy. */
  public ChangedClassException(String message) {
    super(message, null);
  }
}
