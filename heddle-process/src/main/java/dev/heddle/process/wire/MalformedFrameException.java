package dev.heddle.process.wire;

import java.io.IOException;

/** Thrown when the other side sends bytes that are no frame. */
public final class MalformedFrameException extends IOException {
  /** An error that says what is wrong with it. */
  public MalformedFrameException(String message) {
    super(message);
  }
}
