package dev.heddle.cli.live;

/** A program that cannot be looked at; the message says which, why, and the remedy. */
public final class TargetException extends Exception {
  private static final long serialVersionUID = 1L;

  TargetException(String message) {
    super(message);
  }
}
