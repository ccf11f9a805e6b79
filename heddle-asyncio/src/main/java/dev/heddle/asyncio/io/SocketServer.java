package dev.heddle.asyncio.io;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.LoopProblem;
import dev.heddle.asyncio.TcpServer;
import dev.heddle.asyncio.TcpStream;
import dev.heddle.asyncio.diagnostics.LoopLog;
import dev.heddle.asyncio.loop.Poller;
import dev.heddle.asyncio.loop.Scheduler;
import dev.heddle.asyncio.sync.Flag;
import dev.heddle.asyncio.task.AsyncCoroutine;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.asyncio.task.OwnLookup;
import dev.heddle.asyncio.task.TaskHost;
import dev.heddle.base.Check;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A listening channel that starts a task for each accepted connection. */
public final class SocketServer implements TcpServer {
  /** At most so many connections are accepted at once, so that a flood of them does not keep the loop from its tasks. */
  private static final int MAX_ACCEPTS = 64;

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final TaskHost host;
  private final Scheduler scheduler;
  private final ServerSocketChannel channel;
  private final Function<? super TcpStream, ? extends Async<?>> handler;
  private final Map<LoopTask<?>, SocketStream> connections = new LinkedHashMap<>();
  private final Flag idle = new Flag();
  private int accepted;

  /** Whether accepting has failed and is retried at intervals. */
  private boolean pausing;

  private SocketServer(TaskHost host, ServerSocketChannel channel, Function<? super TcpStream, ? extends Async<?>> handler) {
    this.host = host;
    this.scheduler = host.scheduler();
    this.channel = channel;
    this.handler = handler;
  }

  /** See {@link TcpServer#listen}. */
  public static SocketServer listen(InetSocketAddress address, Function<? super TcpStream, ? extends Async<?>> handler)
      throws IOException {
    Check.notNull(address, "address");
    TaskHost host = TaskHost.require();
    Poller poller = host.scheduler().poller();
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      SocketServer server = new SocketServer(host, channel, Check.notNull(handler, "handler"));
      channel.bind(address, 1024);
      poller.register(channel, server::accept).interestOps(SelectionKey.OP_ACCEPT);
      return server;
    } catch (Throwable t) {
      channel.close();
      throw t;
    }
  }

  @Override
  public int port() throws IOException {
    return ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  private void accept(SelectionKey key) {
    try {
      SocketChannel next = channel.accept();
      for (int i = 1; next != null; i++) {
        begin(next);
        next = i < MAX_ACCEPTS ? channel.accept() : null; // the selector reports the others again
      }
      pausing = false;
    } catch (IOException e) {
      pause(key, e);
    }
  }

  /** Pauses, most likely without file descriptors: the connection stays in the queue, and the selector would report it for ever. */
  private void pause(SelectionKey key, IOException error) {
    if (!pausing) {
      scheduler.problems().report(
          LoopProblem.Kind.CALLBACK_FAILURE,
          "accepting a connection failed, and is retried every second: " + error,
          error);
    }
    pausing = true;
    key.interestOps(0);
    scheduler.callLater(
        RETRY.toNanos(),
        () -> {
          if (key.isValid()) {
            key.interestOps(SelectionKey.OP_ACCEPT);
          }
        });
  }

  private void begin(SocketChannel channel) throws IOException {
    try {
      SocketStream stream = new SocketStream(host, channel);
      LoopTask<@Nullable Void> connection = host.newTask(serve(stream), "connection-" + ++accepted);
      connection.markOwned();
      connections.put(connection, stream);
      connection.whenDone(this::ended);
    } catch (Throwable t) {
      channel.close();
      scheduler.problems().report(LoopProblem.Kind.CALLBACK_FAILURE, "starting to serve a connection failed: " + t, t);
    }
  }

  /** Reports a failure at once, and not at the end of the run, since a server may run for long. */
  private void ended(LoopTask<?> connection) {
    connections.remove(connection);
    checkIdle();
    Throwable failure = connection.failure();
    if (failure != null) {
      connection.observe();
      if (connection.cancelling() > 0 && failure instanceof IOException) {
        return; // its connection was closed by the server
      }
      scheduler.problems().report(
          LoopProblem.Kind.UNOBSERVED_FAILURE, "the handler of '" + connection.name() + "' failed with " + failure, failure);
    }
  }

  private void checkIdle() {
    if (!channel.isOpen() && connections.isEmpty()) {
      idle.set();
    }
  }

  private AsyncCoroutine<@Nullable Void> serve(TcpStream stream) {
    return AsyncCoroutine.action(
        OwnLookup.HERE,
        a -> {
          try (stream) {
            a.await(handler.apply(stream));
          }
        });
  }

  @Override
  public void close() {
    scheduler.checkInside("TcpServer.close");
    try {
      if (channel.isOpen()) {
        channel.close();
        scheduler.poller().release();
      }
    } catch (IOException e) {
      LoopLog.warning("closing a TCP server failed", e);
    }
    checkIdle();
  }

  @Override
  public List<TcpStream> connections() {
    scheduler.checkInside("TcpServer.connections");
    return List.copyOf(connections.values());
  }

  @Override
  public void closeClients() {
    scheduler.checkInside("TcpServer.closeClients");
    List.copyOf(connections.keySet()).forEach(each -> each.cancel("its server closes its connections")); // before its read fails
    List.copyOf(connections.values()).forEach(SocketStream::close);
  }

  @Override
  public void abortClients() {
    scheduler.checkInside("TcpServer.abortClients");
    List.copyOf(connections.keySet()).forEach(each -> each.cancel("its server aborts its connections"));
    List.copyOf(connections.values()).forEach(SocketStream::abort);
  }

  @Override
  public Awaitable<@Nullable Void> closed() {
    return idle.await();
  }
}
