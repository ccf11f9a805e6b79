package dev.heddle.asyncio;

import dev.heddle.asyncio.io.Connector;
import dev.heddle.asyncio.io.SocketStream;
import java.io.IOException;
import java.net.SocketOption;
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
 * <p>Confined to the loop's thread. Origin: {@code StreamReader} and {@code StreamWriter} of Python's {@code asyncio}.
 */
public sealed interface TcpStream extends ByteStream permits SocketStream {
  /** The longest line that {@link #readLine} accepts, in bytes. */
  int MAX_LINE = StreamReader.MAX_LINE;

  /**
   * Opens a connection. A host name is resolved on another thread; if it has several addresses, they are tried in turn, a
   * quarter of a second apart, and the first connection is used.
   *
   * @param port 1 to 65535
   * @return throws an {@link IOException} if the host is unknown or refuses the connection
   */
  static Async<TcpStream> connect(String host, int port) {
    return Connector.connect(host, port);
  }

  /**
   * Sets an option of the socket, such as {@link java.net.StandardSocketOptions#SO_KEEPALIVE}. {@code TCP_NODELAY} is on
   * unless set otherwise.
   *
   * @return this
   * @throws UnsupportedOperationException if this system's sockets do not have it
   * @throws IOException if the stream is closed
   */
  <T> TcpStream setOption(SocketOption<T> option, T value) throws IOException;

  /**
   * Returns the value of an option of the socket; see {@link #setOption}.
   *
   * @throws IOException if the stream is closed
   */
  <T extends @Nullable Object> T getOption(SocketOption<T> option) throws IOException;
}
