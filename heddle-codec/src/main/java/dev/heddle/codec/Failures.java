package dev.heddle.codec;

import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes the exceptions of tasks.
 *
 * <p>An exception keeps its class if it is serializable and its class is known to the parent and allowed; its root cause is
 * then a {@link CodecErrors#remoteStackTrace}. Otherwise a {@link CodecErrors#remoteException} stands for it. Neither
 * direction throws, whatever the exception's own methods do. Thread-safe.
 */
public interface Failures {

  /**
   * Returns a codec that reads what one worker has sent, as {@link Values#from}.
   *
   * @param worker the worker's number, from 1 on
   */
  Failures from(int worker);

  /**
   * Encodes an exception; never throws.
   *
   * @param task the name of the task that threw it, as the worker knows it
   */
  byte[] encode(Throwable thrown, String task);

  /** Decodes an exception; returns a {@link CodecErrors#resultNotAccepted} if the bytes are malformed. Never throws. */
  Throwable decode(byte[] bytes);

  /**
   * Decodes an exception, as {@link #decode(byte[])}.
   *
   * @param task the task's name as the parent knows it; null to use the name that the worker sent
   */
  Throwable decode(byte[] bytes, @Nullable String task);

  /** Frees the shared memory of an encoded failure that will not be decoded. Never throws. */
  void discard(byte[] bytes);
}
