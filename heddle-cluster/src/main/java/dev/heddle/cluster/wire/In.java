package dev.heddle.cluster.wire;

import dev.heddle.cluster.ClusterException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads a message. Lengths are checked against what is there before memory is allocated. For one thread. */
final class In {
  private static final int MOST_TEXTS = 1_000;

  private final ByteBuffer bytes;

  private In(byte[] message) {
    this.bytes = ByteBuffer.wrap(message);
  }

  /** Reads a message as a whole; one that is malformed is a {@link ClusterException}. */
  static <T> T read(byte[] message, Function<In, T> reader) {
    try {
      return reader.apply(new In(message));
    } catch (BufferUnderflowException e) {
      throw new ClusterException(
          "a message of " + message.length + " bytes is malformed; run the same version of Heddle on all members", e);
    }
  }

  int type() {
    return bytes.get();
  }

  long number() {
    return bytes.getLong();
  }

  boolean flag() {
    return bytes.get() != 0;
  }

  String text() {
    return new String(block(), StandardCharsets.UTF_8);
  }

  List<String> texts() {
    long count = number();
    if (count < 0 || count > MOST_TEXTS) {
      throw new BufferUnderflowException();
    }
    List<String> texts = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      texts.add(text());
    }
    return texts;
  }

  byte[] block() {
    int length = bytes.getInt();
    if (length < 0 || length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] block = new byte[length];
    bytes.get(block);
    return block;
  }
}
