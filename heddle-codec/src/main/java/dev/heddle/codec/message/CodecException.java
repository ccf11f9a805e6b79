package dev.heddle.codec.message;

import org.jspecify.annotations.Nullable;

/**
 * Signals inside the codec that something cannot be encoded or decoded, with a message meant for the user. The entry points
 * turn it into an exception of the engine.
 */
public class CodecException extends RuntimeException {

  public CodecException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
