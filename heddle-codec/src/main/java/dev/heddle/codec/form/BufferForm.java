package dev.heddle.codec.form;

import java.io.InvalidObjectException;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The serialized form of a {@code ByteBuffer} on the heap: a copy with the same content, position, limit and order. The mark
 * is lost, and what it shared with an array or another buffer.
 */
final class BufferForm implements Serializable {
  private static final long serialVersionUID = 1;

  private final byte[] content;
  private final int position;
  private final int limit;
  private final boolean bigEndian;
  private final boolean readOnly;

  BufferForm(ByteBuffer buffer) {
    content = new byte[buffer.capacity()];
    buffer.duplicate().clear().get(content);
    position = buffer.position();
    limit = buffer.limit();
    bigEndian = buffer.order() == ByteOrder.BIG_ENDIAN;
    readOnly = buffer.isReadOnly();
  }

  private Object readResolve() throws ObjectStreamException {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(content).limit(limit).position(position);
      return (readOnly ? buffer.asReadOnlyBuffer() : buffer)
          .order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    } catch (IllegalArgumentException | NullPointerException e) { // from bytes that no buffer was written to
      throw new InvalidObjectException("a buffer with a wrong position or limit: " + e.getMessage(), e);
    }
  }
}
