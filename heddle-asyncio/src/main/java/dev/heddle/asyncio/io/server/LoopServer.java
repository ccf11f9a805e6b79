package dev.heddle.asyncio.io.server;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.AsyncTimeoutException;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.ByteStream;
import dev.heddle.asyncio.ListenOptions;
import dev.heddle.asyncio.LoopProblem;
import dev.heddle.asyncio.StreamServer;
import dev.heddle.asyncio.TlsOptions;
import dev.heddle.asyncio.TlsStream;
import dev.heddle.asyncio.diagnostics.FolderClasses;
import dev.heddle.asyncio.diagnostics.LoopLog;
import dev.heddle.asyncio.io.LoopStream;
import dev.heddle.asyncio.io.PeerTooSlow;
import dev.heddle.asyncio.io.ReadLimits;
import dev.heddle.asyncio.io.SocketStream;
import dev.heddle.asyncio.io.memory.MemoryTransport;
import dev.heddle.asyncio.io.tls.TlsHandshakes;
import dev.heddle.asyncio.loop.Scheduler;
import dev.heddle.asyncio.sync.Flag;
import dev.heddle.asyncio.task.AsyncCoroutine;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.asyncio.task.OwnLookup;
import dev.heddle.asyncio.task.TaskHost;
import dev.heddle.base.Check;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A server: its listening sockets, and a task for each connection. */
public non-sealed class LoopServer implements StreamServer {
  private final TaskHost host;
  private final Scheduler scheduler;
  private final ListenOptions options;
  private final Function<? super ByteStream, ? extends Async<?>> handler;
  private final List<Listener> listeners = new ArrayList<>();
  private final Map<LoopTask<?>, LoopStream> connections = new LinkedHashMap<>();
  private final PeerFailures failures;
  private final Flag idle = new Flag();
  private int accepted;
  private boolean closed;

  LoopServer(TaskHost host, ListenOptions options, Function<? super ByteStream, ? extends Async<?>> handler) {
    this.host = host;
    this.scheduler = host.scheduler();
    this.options = Check.notNull(options, "options");
    this.handler = Check.notNull(handler, "handler");
    this.failures = new PeerFailures(scheduler);
  }

  /** See {@link StreamServer#listen}. */
  public static LoopServer listen(ListenOptions options, Function<? super ByteStream, ? extends Async<?>> handler)
      throws IOException {
    LoopServer server = new LoopServer(TaskHost.require(), options, handler);
    server.listen();
    return server;
  }

  final void listen() throws IOException {
    if (!options.addresses().isEmpty()) {
      LoopLog.load(); // a flood of connections may take all file descriptors
      FolderClasses.load();
    }
    try {
      for (SocketAddress each : options.addresses()) {
        listeners.add(Listener.at(each, options, scheduler, failures, this::take));
      }
    } catch (Throwable t) {
      listeners.forEach(Listener::close);
      throw t;
    }
  }

  @Override
  public List<SocketAddress> addresses() {
    List<SocketAddress> all = new ArrayList<>();
    if (!closed) {
      try {
        for (Listener each : listeners) {
          all.add(each.address());
        }
      } catch (IOException e) {
        LoopLog.warning("asking for a server's address failed", e);
      }
    }
    return List.copyOf(all);
  }

  @Override
  public ByteStream connectInMemory() throws IOException {
    scheduler.checkInside("StreamServer.connectInMemory");
    if (closed) {
      throw new ConnectException("the server is closed");
    }
    if (isFull()) {
      throw new ConnectException("the server has as many connections as it may: " + options.maxConnections());
    }
    ByteStream.Endpoints pair = MemoryTransport.pair(64 * 1024);
    begin((LoopStream) pair.second());
    return pair.first();
  }

  // ---- connections ----

  private boolean isFull() {
    return connections.size() >= options.maxConnections();
  }

  private boolean take(SocketChannel channel) {
    try {
      begin(SocketStream.accepted(host, channel));
    } catch (Throwable t) {
      try {
        channel.close();
      } catch (IOException e) {
        t.addSuppressed(e);
      }
      failures.report(LoopProblem.Kind.CALLBACK_FAILURE, "starting to serve a connection failed: " + t, t);
    }
    updateFull();
    return !isFull();
  }

  private void updateFull() {
    boolean full = isFull();
    listeners.forEach(each -> each.setFull(full));
  }

  private void begin(LoopStream plain) {
    LoopTask<@Nullable Void> connection = host.newTask(serve(plain), "connection-" + ++accepted);
    connection.markOwned();
    connections.put(connection, plain);
    connection.whenDone(this::ended);
  }

  private AsyncCoroutine<@Nullable Void> serve(LoopStream plain) {
    TlsOptions tls = options.tls();
    return AsyncCoroutine.action(
        OwnLookup.HERE,
        a -> {
          try {
            LoopStream stream = plain;
            plain.limit(new ReadLimits(0, Check.nanos(options.idle()))); // the handshake has a time-out of its own
            if (tls != null) {
              stream = (LoopStream) a.await(TlsHandshakes.server(tls, plain));
              connections.replace(LoopTask.of(Asyncio.currentTask()), stream);
            }
            stream.limit(new ReadLimits(Check.nanos(options.firstRead()), Check.nanos(options.idle())));
            a.await(handler.apply(stream));
          } catch (Throwable t) {
            plain.closeFailed();
            throw t;
          } finally {
            plain.close();
          }
        });
  }

  /** Reports a failure at once, and not at the end of the run, since a server may run for long. */
  private void ended(LoopTask<?> connection) {
    LoopStream stream = connections.remove(connection);
    updateFull();
    listeners.forEach(Listener::retry);
    Throwable failure = connection.failure();
    if (failure != null) {
      connection.observe();
      report(connection, stream, failure);
    }
    checkIdle();
  }

  private void report(LoopTask<?> connection, @Nullable LoopStream stream, Throwable failure) {
    if (!(failure instanceof IOException)) {
      scheduler.problems().report(
          LoopProblem.Kind.UNOBSERVED_FAILURE, "the handler of '" + connection.name() + "' failed with " + failure, failure);
    } else if (connection.cancelling() == 0) { // else its connection was closed by the server
      boolean inHandshake = options.tls() != null && !(stream instanceof TlsStream);
      boolean peer = inHandshake || failure instanceof PeerTooSlow || failure instanceof SSLException;
      failures.report(
          peer ? LoopProblem.Kind.PEER_FAILURE : LoopProblem.Kind.UNOBSERVED_FAILURE,
          peer
              ? "the peer of '" + connection.name() + "' has failed: " + failure
              : "the handler of '" + connection.name() + "' failed with " + failure,
          failure);
    }
  }

  @Override
  public List<? extends ByteStream> connections() {
    scheduler.checkInside("StreamServer.connections");
    return List.copyOf(connections.values());
  }

  // ---- the end ----

  @Override
  public void close() {
    scheduler.checkInside("StreamServer.close");
    if (!closed) {
      closed = true;
      listeners.forEach(Listener::close);
      if (!listeners.isEmpty()) {
        scheduler.poller().release();
      }
    }
    checkIdle();
  }

  private void checkIdle() {
    if (closed && connections.isEmpty() && !idle.isSet()) {
      failures.reportRest();
      idle.set();
    }
  }

  @Override
  public Async<@Nullable Void> shutdown(Duration grace) {
    Check.notNegative(grace, "grace", "zero closes the connections at once");
    return Async.action(
        OwnLookup.HERE,
        a -> {
          close();
          List.copyOf(connections.values()).forEach(LoopStream::endInput);
          try {
            a.await(Asyncio.timeout(grace, closed()));
          } catch (AsyncTimeoutException late) {
            closeClients();
            a.await(closed());
          }
        });
  }

  @Override
  public void closeClients() {
    scheduler.checkInside("StreamServer.closeClients");
    List.copyOf(connections.keySet()).forEach(each -> each.cancel("its server closes its connections")); // before its read fails
    List.copyOf(connections.values()).forEach(LoopStream::closeFailed);
  }

  @Override
  public void abortClients() {
    scheduler.checkInside("StreamServer.abortClients");
    List.copyOf(connections.keySet()).forEach(each -> each.cancel("its server aborts its connections"));
    List.copyOf(connections.values()).forEach(LoopStream::abort);
  }

  @Override
  public Awaitable<@Nullable Void> closed() {
    return idle.await();
  }
}
