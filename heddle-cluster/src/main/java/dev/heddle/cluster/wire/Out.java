package dev.heddle.cluster.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** Writes a message. For one thread. */
final class Out {
  private static final int USUAL = 128;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL);

  Out(int type) {
    bytes.write(type);
  }

  Out number(long value) {
    return raw(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  Out flag(boolean value) {
    bytes.write(value ? 1 : 0);
    return this;
  }

  Out text(String value) {
    return block(value.getBytes(StandardCharsets.UTF_8));
  }

  Out texts(Collection<String> values) {
    number(values.size());
    values.forEach(this::text);
    return this;
  }

  Out block(byte[] value) {
    raw(ByteBuffer.allocate(Integer.BYTES).putInt(value.length).array());
    return raw(value);
  }

  private Out raw(byte[] value) {
    bytes.write(value, 0, value.length);
    return this;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
