package dev.heddle.codec;

import org.jspecify.annotations.Nullable;

/**
 * Signals inside the codec that something cannot be encoded or decoded, with a message meant for the user. The entry points
 * turn it into an exception of {@link CodecErrors}.
 */
class CodecException extends RuntimeException {

  CodecException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
