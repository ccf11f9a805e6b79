package dev.heddle.asyncio.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A read buffer grows for a large message and shrinks when that is taken. */
class ReadBufferTest {
  /** Reads from an array. */
  private static final class ArrayTransport extends Transport {
    private final ByteBuffer content;

    ArrayTransport(byte[] content) {
      this.content = ByteBuffer.wrap(content);
    }

    @Override
    public int read(ByteBuffer into) {
      int count = Math.min(into.remaining(), content.remaining());
      into.put(content.slice(content.position(), count));
      content.position(content.position() + count);
      return count;
    }

    @Override
    public long write(ByteBuffer[] from, int count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean endOutput() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void interest(boolean read, boolean write) {}

    @Override
    public void close() {}

    @Override
    public void reset() {}

    @Override
    public SocketAddress localAddress() throws IOException {
      throw new IOException("none");
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
      return null;
    }

    @Override
    public String kind() {
      return "array";
    }
  }

  @Test
  void largeMessageTaken_bufferShrinks() throws Exception {
    ReadBuffer buffer = new ReadBuffer();
    byte[] message = new byte[1 << 20];
    message[message.length - 1] = 7;
    Transport transport = new ArrayTransport(message);
    while (buffer.size() < message.length) {
      assertThat(buffer.fill(transport)).isPositive();
    }
    assertThat(buffer.capacity()).isGreaterThanOrEqualTo(message.length);
    assertThat(buffer.take(message.length)).isEqualTo(message);
    assertThat(buffer.capacity()).isEqualTo(1024);
  }

  @Test
  void find_sequenceAcrossReads() throws Exception {
    ReadBuffer buffer = new ReadBuffer();
    assertThat(buffer.fill(new ArrayTransport(new byte[]{1, 2, 3}))).isEqualTo(3);
    assertThat(buffer.find(new byte[]{3, 4}, 0)).isNegative();
    assertThat(buffer.fill(new ArrayTransport(new byte[]{4}))).isEqualTo(1);
    assertThat(buffer.find(new byte[]{3, 4}, 2)).isEqualTo(2);
    assertThat(buffer.find(new byte[]{1}, -5)).isZero();
  }
}
