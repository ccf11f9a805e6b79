package dev.heddle.asyncio.io.tls;

import dev.heddle.asyncio.io.Transport;
import dev.heddle.asyncio.loop.SpareBuffers;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * Encrypted bytes of the engine, on their way to the transport below: at most a few records, no buffer while there are none.
 */
final class TlsSending {
  private static final ByteBuffer NONE = ByteBuffer.allocate(0);
  /** The network buffers have room for so many records, so that a call of the system moves several. */
  static final int RECORDS = 2;

  private final SpareBuffers buffers;
  private final Transport lower;
  private final SSLEngine engine;
  /** Encrypted bytes; ready to be added to. */
  private ByteBuffer buffer = NONE;
  private final ByteBuffer[] one = new ByteBuffer[1];

  TlsSending(SpareBuffers buffers, Transport lower, SSLEngine engine) {
    this.buffers = buffers;
    this.lower = lower;
    this.engine = engine;
  }

  /** The number of encrypted bytes that are not sent. */
  int size() {
    return buffer.position();
  }

  void clear() {
    buffers.give(buffer);
    buffer = NONE;
  }

  /** Encrypts as much as there is room for; returns the number of bytes that were taken. */
  long encrypt(ByteBuffer[] from, int count) throws IOException {
    long sum = 0;
    while (has(from, count) && makeSpace()) {
      SSLEngineResult result = engine.wrap(from, 0, count, buffer);
      sum += result.bytesConsumed();
      if (!isProgress(result)) {
        break;
      }
    }
    return sum;
  }

  private static boolean has(ByteBuffer[] from, int count) {
    for (int i = 0; i < count; i++) {
      if (from[i].hasRemaining()) {
        return true;
      }
    }
    return false;
  }

  /** Adds a record of the engine's own, such as one of the handshake; returns whether there was room and it had one. */
  boolean addRecord() throws IOException {
    return makeSpace() && isProgress(engine.wrap(NONE, buffer));
  }

  private static boolean isProgress(SSLEngineResult result) throws SSLException {
    return switch (result.getStatus()) {
      case OK -> result.bytesProduced() > 0 || result.bytesConsumed() > 0;
      case CLOSED -> {
        if (result.bytesProduced() == 0) {
          throw new SSLException("the TLS connection was closed, by the peer or by the end of the output");
        }
        yield true;
      }
      case BUFFER_OVERFLOW, BUFFER_UNDERFLOW -> throw new SSLException("the TLS engine answers " + result.getStatus());
    };
  }

  /** Adds close_notify, if there is room. */
  void addEnd() throws IOException {
    engine.closeOutbound();
    while (!engine.isOutboundDone() && makeSpace() && engine.wrap(NONE, buffer).bytesProduced() > 0) {
      // there may be an alert before it
    }
  }

  /** Adds the alert of an engine that has failed, if it has one. */
  void addAlert() throws IOException {
    while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && makeSpace()
        && engine.wrap(NONE, buffer).bytesProduced() > 0) {
      // one record each
    }
  }

  /** Makes room for a record; returns whether there is any. */
  private boolean makeSpace() throws IOException {
    int size = engine.getSession().getPacketBufferSize();
    if (buffer.remaining() < size) {
      send();
    }
    if (buffer.remaining() < size && buffer.position() == 0) {
      buffers.give(buffer);
      buffer = buffers.take(RECORDS * size);
    }
    return buffer.remaining() >= size;
  }

  /** Sends as much as possible; returns whether nothing is left. */
  boolean send() throws IOException {
    if (buffer.position() > 0) {
      one[0] = buffer.flip();
      try {
        lower.write(one, 1);
      } finally {
        buffer.compact();
      }
    }
    if (buffer.position() > 0) {
      return false;
    }
    clear();
    return lower.flush();
  }
}
