package dev.heddle.asyncio;

import dev.heddle.asyncio.io.Connector;
import dev.heddle.asyncio.io.LoopStream;
import dev.heddle.asyncio.io.memory.MemoryTransport;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Path;

/**
 * A stream of bytes in both directions: a TCP or Unix domain connection, a TLS connection over another stream, or one end of
 * a pair in memory.
 *
 * <pre>{@code
 * try (ByteStream stream = a.await(TlsStream.connect("example.org", 443))) {
 *   stream.write("hello\n");
 *   String echo = a.await(stream.readLine());
 * }
 * }</pre>
 *
 * <p>Code written for a {@code ByteStream} runs over each of them; over a pair in memory it can be tested in virtual time.
 *
 * <p>Confined to the loop's thread.
 */
public sealed interface ByteStream extends StreamReader, StreamWriter permits TcpStream, TlsStream, LoopStream {
  /** The two ends of a connection: what is written to one is read from the other. */
  record Endpoints(ByteStream first, ByteStream second) {}

  /**
   * Returns two streams that are connected with each other in memory, also in virtual time.
   *
   * @throws LoopStateException if no loop runs on this thread
   */
  static Endpoints pair() {
    return pair(64 * 1024);
  }

  /**
   * Returns two streams that are connected in memory.
   *
   * @param capacity how many bytes may be under way in each direction, at least 1; with 1 each byte arrives by itself
   */
  static Endpoints pair(int capacity) {
    return MemoryTransport.pair(capacity);
  }

  /**
   * Connects to the Unix domain socket of a server on this machine.
   *
   * @return throws an {@link IOException} that names the path if no server listens there, or the path is too long for the
   *     system
   */
  static Async<ByteStream> connectUnix(Path path) {
    return Connector.connectUnix(path);
  }

  /**
   * Returns the address of the peer.
   *
   * @throws IOException if the stream is closed
   */
  SocketAddress remoteAddress() throws IOException;

  /**
   * Returns the address of this side.
   *
   * @throws IOException if the stream is closed
   */
  SocketAddress localAddress() throws IOException;

  /** {@inheritDoc} */
  @Override
  void close();

  /** {@inheritDoc} */
  @Override
  boolean isClosed();
}
