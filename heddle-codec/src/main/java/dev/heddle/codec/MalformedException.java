package dev.heddle.codec;

/** Thrown inside this package when bytes are not what an encoder writes; turned into a public error at its border. */
final class MalformedException extends RuntimeException {

  MalformedException(String message) {
    super(message, null, false, false);
  }
}
