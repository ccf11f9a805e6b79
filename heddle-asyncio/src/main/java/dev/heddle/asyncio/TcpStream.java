package dev.heddle.asyncio;

import dev.heddle.asyncio.io.Connector;
import dev.heddle.asyncio.io.SocketStream;
import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection whose reads and writes are awaited.
 *
 * <pre>{@code
 * try (TcpStream stream = a.await(TcpStream.connect("localhost", 7))) {
 *   stream.write("hello\n");
 *   String echo = a.await(stream.readLine());
 * }
 * }</pre>
 *
 * <p>One task at a time reads, and one at a time drains. A read that is cancelled has taken nothing. Written data is sent at once
 * as far as the network accepts it, and the rest in the background; await {@link #drain()} after large or many writes, so that
 * unsent data does not pile up in memory. {@link #close()} does not wait either; await {@link #closed()} to know that everything
 * was sent. At the end of a run the loop waits for unsent data, at most {@link LoopOptions#shutdownTimeout}.
 *
 * <p>Confined to the loop's thread. Origin: {@code StreamReader} and {@code StreamWriter} of Python's {@code asyncio}.
 */
public sealed interface TcpStream extends AutoCloseable permits SocketStream {
  /** The longest line that {@link #readLine} accepts, in bytes. */
  int MAX_LINE = 64 * 1024;

  /**
   * Opens a connection. A host name is resolved on another thread; if it has several addresses, they are tried in turn, a quarter
   * of a second apart, and the first connection is used.
   *
   * @param port 1 to 65535
   * @return throws an {@link IOException} if the host is unknown or refuses the connection
   */
  static Async<TcpStream> connect(String host, int port) {
    return Connector.connect(host, port);
  }

  /**
   * Waits for a line, and returns it without its end, {@code \n} or {@code \r\n}; null at the end of the stream.
   *
   * @return throws an {@link IOException} if the line is longer than {@link #MAX_LINE} bytes of UTF-8; the line is dropped, and the
   *     next {@code readLine} returns the next one
   */
  Awaitable<@Nullable String> readLine();

  /**
   * Waits for a line of at most the given length; see {@link #readLine()}.
   *
   * @param longest the largest number of bytes, without the end of the line; at least 1
   */
  Awaitable<@Nullable String> readLine(int longest);

  /**
   * Waits for a number of bytes.
   *
   * @param count zero or more
   * @return throws {@link java.io.EOFException} if the stream ends before
   */
  Awaitable<byte[]> readExactly(int count);

  /**
   * Waits until bytes are available, and returns them; an empty array at the end of the stream.
   *
   * @param most the largest number of bytes to return; at least 1
   */
  Awaitable<byte[]> read(int most);

  /**
   * Writes text in UTF-8.
   *
   * @throws IOException if the stream is closed or broken
   */
  void write(String text) throws IOException;

  /**
   * Writes bytes; the array is not copied and must not change until they are sent.
   *
   * @throws IOException if the stream is closed or broken
   */
  void write(byte[] bytes) throws IOException;

  /**
   * Ends the output, once what was written is sent; the peer reads the end of the stream, and can still answer. Idempotent.
   *
   * <p>Origin: {@code StreamWriter.write_eof}, {@code Socket.shutdownOutput}.
   *
   * @throws IOException if the stream is closed or broken
   */
  void writeEof() throws IOException;

  /** Waits until most of what was written is sent; does not wait while less than 64 KiB are unsent. */
  Awaitable<@Nullable Void> drain();

  /**
   * Closes it once what was written is sent; does not wait for that, which {@link #closed()} does. A task that reads meanwhile
   * fails. Idempotent.
   */
  @Override
  void close();

  /**
   * Waits until it is closed and everything that was written is sent to the network.
   *
   * <p>Origin: {@code StreamWriter.wait_closed}.
   *
   * @return throws an {@link IOException} if the connection broke before, or was aborted with data left
   */
  Async<@Nullable Void> closed();

  /**
   * Closes it at once and drops what is not sent; the peer sees a reset. Tasks that read, drain or wait for {@link #closed()} fail
   * if data was dropped. Does nothing if everything is sent and it is closed.
   *
   * <p>Origin: {@code WriteTransport.abort}.
   */
  void abort();

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

  /** Whether it was closed on this side. */
  boolean isClosed();
}
