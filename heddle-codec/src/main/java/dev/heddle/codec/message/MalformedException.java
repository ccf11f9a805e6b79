package dev.heddle.codec.message;

/**
 * Signals inside the codec that bytes do not follow the format. The entry points turn it into an exception of the engine.
 */
public final class MalformedException extends RuntimeException {

  public MalformedException(String message) {
    super(message, null, false, false);
  }
}
