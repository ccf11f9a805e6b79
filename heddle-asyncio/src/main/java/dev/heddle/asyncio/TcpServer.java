package dev.heddle.asyncio;

import dev.heddle.asyncio.io.SocketServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A TCP server on an event loop: each connection is a task that runs the handler's coroutine.
 *
 * <pre>{@code
 * try (TcpServer server = TcpServer.listen(new InetSocketAddress("localhost", 0), stream -> echo(stream))) {
 *   a.await(stop.await());
 * }
 * }</pre>
 *
 * <p>A connection is closed when its handler ends; a handler that fails is reported to {@link LoopOptions#problems}. A closed
 * server accepts no more connections; open ones go on, until {@link #closeClients} or the end of the run, which cancels their handlers
 * without a report. While no connection can be accepted, for example because the process has no file descriptors left, the server
 * pauses and tries again every second.
 *
 * <p>Confined to the loop's thread. Origin: {@code asyncio.start_server}.
 */
public sealed interface TcpServer extends AutoCloseable permits SocketServer {

  /**
   * Listens on the loop that runs on this thread.
   *
   * @param address port 0 takes any free one, see {@link #port()}
   * @param handler makes the coroutine for a connection
   * @throws IOException if the address cannot be bound
   * @throws LoopStateException if no loop runs here, or one in virtual time
   */
  static TcpServer listen(InetSocketAddress address, Function<? super TcpStream, ? extends Async<?>> handler)
      throws IOException {
    return SocketServer.listen(address, handler);
  }

  /** Returns the port it listens on. */
  int port() throws IOException;

  /** Accepts no more connections. Idempotent. */
  @Override
  void close();

  /** Returns the open connections, the oldest first; a copy. */
  List<TcpStream> connections();

  /** Closes the open connections, as {@link TcpStream#close} does, and cancels their handlers. Origin: {@code close_clients}. */
  void closeClients();

  /** Aborts the open connections, as {@link TcpStream#abort} does, and cancels their handlers. Origin: {@code abort_clients}. */
  void abortClients();

  /** Waits until the server is closed and all its handlers have ended. Origin: {@code wait_closed}. */
  Awaitable<@Nullable Void> closed();
}
