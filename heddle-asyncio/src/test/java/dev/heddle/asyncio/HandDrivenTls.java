package dev.heddle.asyncio;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.Status;
import org.jspecify.annotations.Nullable;

/** One side of a TLS connection that is driven by hand, so that every byte that it sends can be changed or left out. */
final class HandDrivenTls {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** What is sent instead of a record; the whole record if it is the same. */
  @FunctionalInterface
  interface Change {
    byte[] apply(byte[] record) throws IOException;
  }

  private final SSLEngine engine;
  private final ByteStream stream;
  private final Change change;
  private final ByteBuffer received = ByteBuffer.allocate(64 * 1024).flip();

  /**
   * A side that sends over a stream.
   *
   * @param change gets each record that is about to be sent, and returns the bytes that are sent
   */
  HandDrivenTls(SSLContext context, boolean client, ByteStream stream, Change change) {
    this.engine = client ? context.createSSLEngine("localhost", 1) : context.createSSLEngine();
    this.stream = stream;
    this.change = change;
    engine.setUseClientMode(client);
  }

  Async<@Nullable Void> handshake() {
    return Async.action(
        a -> {
          engine.beginHandshake();
          while (isShakingHands()) {
            if (!step()) {
              byte[] more = a.await(stream.read(16 * 1024));
              if (more.length == 0) {
                throw new EOFException("the peer has closed the connection");
              }
              received.compact().put(more).flip();
            }
          }
        });
  }

  private boolean isShakingHands() {
    return switch (engine.getHandshakeStatus()) {
      case FINISHED, NOT_HANDSHAKING -> false;
      case NEED_TASK, NEED_WRAP, NEED_UNWRAP, NEED_UNWRAP_AGAIN -> true;
    };
  }

  /** Takes a step of the handshake; returns false if that needs more bytes. */
  private boolean step() throws IOException {
    switch (engine.getHandshakeStatus()) {
      case NEED_TASK -> engine.getDelegatedTask().run();
      case NEED_WRAP -> send(NOTHING);
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
        return engine.unwrap(received, ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()))
            .getStatus() != Status.BUFFER_UNDERFLOW;
      }
      case FINISHED, NOT_HANDSHAKING -> {
      }
    }
    return true;
  }

  private void send(ByteBuffer content) throws IOException {
    ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(content, record);
    byte[] bytes = new byte[record.flip().remaining()];
    record.get(bytes);
    byte[] changed = change.apply(bytes);
    if (changed.length > 0) { // the stream may be closed otherwise
      stream.write(changed);
    }
  }

  void write(String text) throws IOException {
    send(ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  /** Sends the peer a request for new keys, which it answers. */
  void askForNewKeys() throws IOException {
    engine.beginHandshake();
    send(NOTHING);
  }
}
