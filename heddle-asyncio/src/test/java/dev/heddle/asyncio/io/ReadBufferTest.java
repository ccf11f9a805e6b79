package dev.heddle.asyncio.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import org.junit.jupiter.api.Test;

/** A read buffer grows for a large message and shrinks when that is taken. */
class ReadBufferTest {
  @Test
  void largeMessageTaken_bufferShrinks() throws Exception {
    ReadBuffer buffer = new ReadBuffer();
    byte[] message = new byte[1 << 20];
    message[message.length - 1] = 7;
    ReadableByteChannel channel = Channels.newChannel(new ByteArrayInputStream(message));
    while (buffer.size() < message.length) {
      assertThat(buffer.fill(channel)).isPositive();
    }
    assertThat(buffer.capacity()).isGreaterThanOrEqualTo(message.length);
    assertThat(buffer.take(message.length)).isEqualTo(message);
    assertThat(buffer.capacity()).isEqualTo(1024);
  }
}
