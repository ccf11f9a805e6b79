package dev.heddle.codec;

import dev.heddle.codec.value.ValueCodec;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes values: results, arguments of control messages, inputs and results of a map's chunk.
 *
 * <p>The parent decodes under an allow-list and limits; a worker trusts the parent. Thread-safe; nothing blocks, but user
 * code in {@code writeObject} and the like runs.
 */
public interface Values {

  /**
   * Returns a codec that reads what one worker has sent: references to the shared memory of another worker are refused.
   *
   * @param worker the worker's number, from 1 on
   */
  Values from(int worker);

  /**
   * Encodes a value.
   *
   * @throws RuntimeException a {@link CodecErrors#resultNotSerializable} if something in it is not serializable, or its own
   *     serialization throws
   */
  byte[] encode(@Nullable Object value);

  /**
   * Decodes a value. The shared memory it came through is free afterwards, also if the value is refused.
   *
   * @throws RuntimeException a {@link CodecErrors#resultNotAccepted} if it is malformed, exceeds a limit, or holds an object
   *     of a class that is not allowed
   */
  @Nullable
  Object decode(byte[] bytes);

  /** Frees the shared memory of an encoded value that will not be decoded. Never throws. */
  void discard(byte[] bytes);

  /** Returns whether an encoded value is small and decoding it runs no user code. */
  static boolean isPlain(byte[] bytes) {
    return ValueCodec.isPlain(bytes);
  }
}
