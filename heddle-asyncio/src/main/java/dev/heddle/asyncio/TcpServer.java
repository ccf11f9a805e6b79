package dev.heddle.asyncio;

import dev.heddle.base.Check;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A TCP server on an event loop: for each connection a task that runs the handler's coroutine.
 *
 * <pre>{@code
 * try (TcpServer server = TcpServer.listen(new InetSocketAddress("localhost", 0), stream -> echo(stream))) {
 *   a.await(stop.await());
 * }
 * }</pre>
 *
 * <p>A connection is closed when its handler ends; a handler that fails is reported to {@link LoopOptions#problems}. Closing the
 * server accepts no more connections; those that are open go on.
 *
 * <p>Confined to the loop's thread. Origin: {@code asyncio.start_server}.
 */
public final class TcpServer implements AutoCloseable {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final EventLoop loop;
  private final ServerSocketChannel channel;
  private final Function<? super TcpStream, ? extends Async<?>> handler;
  private int connections;

  /** Whether accepting has failed and is tried again now and then. */
  private boolean pausing;

  private TcpServer(EventLoop loop, ServerSocketChannel channel, Function<? super TcpStream, ? extends Async<?>> handler) {
    this.loop = loop;
    this.channel = channel;
    this.handler = handler;
  }

  /**
   * Listens on the loop that runs on this thread.
   *
   * @param address port 0 takes any free one, see {@link #port()}
   * @param handler makes the coroutine for a connection
   * @throws IOException if the address cannot be bound
   * @throws LoopStateException if no loop runs here, or one in virtual time
   */
  public static TcpServer listen(InetSocketAddress address, Function<? super TcpStream, ? extends Async<?>> handler)
      throws IOException {
    Check.notNull(address, "address");
    EventLoop loop = EventLoop.current();
    Poller poller = loop.poller();
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      TcpServer server = new TcpServer(loop, channel, Check.notNull(handler, "handler"));
      channel.bind(address, 1024);
      poller.register(channel, server::accept).interestOps(SelectionKey.OP_ACCEPT);
      return server;
    } catch (Throwable t) {
      channel.close();
      throw t;
    }
  }

  /** The port it listens on. */
  public int port() throws IOException {
    return ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  private void accept(SelectionKey key) {
    try {
      for (SocketChannel each = channel.accept(); each != null; each = channel.accept()) {
        begin(each);
      }
      pausing = false;
    } catch (IOException e) {
      pause(key, e);
    }
  }

  /** Out of file descriptors, most likely: the connection stays in the queue, and the selector would tell of it for ever. */
  private void pause(SelectionKey key, IOException error) {
    if (!pausing) {
      loop.report(
          LoopProblem.Kind.CALLBACK_FAILURE,
          "accepting a connection failed, and is tried again every second: " + error,
          error);
    }
    pausing = true;
    key.interestOps(0);
    loop.callLater(
        RETRY,
        () -> {
          if (key.isValid()) {
            key.interestOps(SelectionKey.OP_ACCEPT);
          }
        });
  }

  private void begin(SocketChannel accepted) throws IOException {
    try {
      loop.createTask("connection-" + ++connections, serve(new TcpStream(loop, accepted))).whenDone(this::ended);
    } catch (Throwable t) {
      accepted.close();
      loop.report(LoopProblem.Kind.CALLBACK_FAILURE, "beginning to serve a connection failed: " + t, t);
    }
  }

  /** A server may run for long: a failure is told at once, and not at the end of the run. */
  private void ended(Task<?> connection) {
    Throwable failure = connection.failure();
    if (failure != null) {
      connection.observe();
      loop.report(
          LoopProblem.Kind.UNOBSERVED_FAILURE, "the handler of '" + connection.name() + "' failed with " + failure, failure);
    }
  }

  private Async<@Nullable Void> serve(TcpStream stream) {
    return Async.action(
        Lookups.HERE,
        a -> {
          try (stream) {
            a.await(handler.apply(stream));
          }
        });
  }

  /** Accepts no more connections. Nothing the second time. */
  @Override
  public void close() {
    loop.checkInside("TcpServer.close");
    try {
      if (channel.isOpen()) {
        channel.close();
        loop.poller().release();
      }
    } catch (IOException e) {
      Log.warning("closing a TCP server failed", e);
    }
  }
}
