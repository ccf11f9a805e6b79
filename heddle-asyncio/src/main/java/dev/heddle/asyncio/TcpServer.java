package dev.heddle.asyncio;

import dev.heddle.asyncio.io.server.TcpLoopServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;

/**
 * A TCP server on an event loop; see {@link StreamServer}, which also serves TLS and Unix domain sockets.
 *
 * <pre>{@code
 * try (TcpServer server = TcpServer.listen(new InetSocketAddress("localhost", 0), stream -> echo(stream))) {
 *   a.await(stop.await());
 * }
 * }</pre>
 *
 * <p>Confined to the loop's thread. Origin: {@code asyncio.start_server}.
 */
public sealed interface TcpServer extends StreamServer permits TcpLoopServer {
  /**
   * Listens on the loop that runs on this thread, with the default options.
   *
   * @param address port 0 takes any free one, see {@link #port()}
   * @param handler makes the coroutine for a connection
   * @throws IOException if the address cannot be bound
   * @throws LoopStateException if no loop runs here, or one in virtual time
   */
  static TcpServer listen(InetSocketAddress address, Function<? super TcpStream, ? extends Async<?>> handler)
      throws IOException {
    return TcpLoopServer.listen(address, handler);
  }

  /** Returns the port it listens on. */
  int port() throws IOException;

  @Override
  List<TcpStream> connections();
}
