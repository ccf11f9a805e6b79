package dev.heddle.codec.loader;

import dev.heddle.codec.message.CodecException;

/** Signals that a class file is not the one that the parent's class was loaded from: a worker would run other code. */
public final class ClassChangedException extends CodecException {

  /** Creates an exception whose message names the class and the remedy. */
  public ClassChangedException(String message) {
    super(message, null);
  }
}
