package dev.heddle.asyncio;

import dev.heddle.asyncio.io.server.LoopServer;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A server on an event loop: each connection is a task that runs the handler's coroutine.
 *
 * <pre>{@code
 * try (StreamServer server = StreamServer.listen(ListenOptions.at(8443).withTls(tls), stream -> echo(stream))) {
 *   try {
 *     a.await(server.closed());                              // until SIGTERM cancels it
 *   } finally {
 *     a.await(server.shutdown(Duration.ofSeconds(5)));
 *   }
 * }
 * }</pre>
 *
 * <p>A connection is closed when its handler ends. If that fails or is cancelled, it is aborted instead, so that the peer
 * cannot take half an answer for a whole one; unless it was closed before, or waiting for a line of which nothing has come.
 * A handler that fails is reported to {@link LoopOptions#problems}; failures that peers can cause at will (TLS handshakes,
 * broken connections, time-outs) are reported one a minute of each kind, with the number of the others. A closed server
 * accepts no more connections; open ones go on, until {@link #shutdown}, {@link #closeClients} or the end of the run, which
 * cancels their handlers without a report. While no connection can be accepted, for example because the process has no file
 * descriptors left, the server pauses and tries again every second.
 *
 * <p>{@link #close} does not wait; {@link #shutdown} is the orderly end, and what is open when the run ends is closed then.
 * Other threads reach it with {@link EventLoop#callSoon}.
 *
 * <p>Confined to the loop's thread. Origin: {@code asyncio.start_server}.
 */
public sealed interface StreamServer extends AutoCloseable permits TcpServer, LoopServer {
  /**
   * Listens at the addresses of the options, on the loop that runs on this thread.
   *
   * @param handler makes the coroutine for a connection; with TLS it gets the stream when the handshake is complete
   * @throws java.net.BindException if an address cannot be used; then none is
   * @throws LoopStateException if no loop runs here, or one in virtual time and the options have addresses
   */
  static StreamServer listen(ListenOptions options, Function<? super ByteStream, ? extends Async<?>> handler)
      throws IOException {
    return LoopServer.listen(options, handler);
  }

  /** Returns the addresses at which it listens, in the order of the options; empty once it is closed. */
  List<SocketAddress> addresses();

  /** Connects to it in memory, also in virtual time; with TLS, the stream is the plain one below. */
  ByteStream connectInMemory() throws IOException;

  /** Accepts no more connections. Idempotent. */
  @Override
  void close();

  /** Returns the open connections, the oldest first; a copy. */
  List<? extends ByteStream> connections();

  /**
   * Returns a coroutine that shuts down in good order: it accepts no more connections, lets each handler complete the
   * request that it is reading or answering (where it would have to wait for a line of which nothing has come, it reads the
   * end of the stream; other reads go on), and after the given time closes the connections that are left, see {@link
   * #closeClients}. It ends when all handlers have: one that goes on after its cancellation holds it up, for which a
   * time-out around the await is the way out.
   */
  Async<@Nullable Void> shutdown(Duration grace);

  /**
   * Cancels the handlers and closes their connections: those that wait for a line of which nothing has come as {@link
   * ByteStream#close} does, and the others, whose answers may be half written, as {@link ByteStream#abort}.
   *
   * <p>Origin: {@code close_clients}.
   */
  void closeClients();

  /**
   * Aborts the open connections, as {@link ByteStream#abort} does, and cancels their handlers. Origin: {@code
   * abort_clients}.
   */
  void abortClients();

  /** Waits until the server is closed and all its handlers have ended. Origin: {@code wait_closed}. */
  Awaitable<@Nullable Void> closed();
}
