package dev.heddle.benchmarks.asyncio;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.ByteStream;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.ListenOptions;
import dev.heddle.asyncio.LoopOptions;
import dev.heddle.asyncio.StreamServer;
import dev.heddle.asyncio.TlsOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Servers that send back what they read: on an event loop, and with a virtual thread for each connection. */
final class EchoServers {
  private static final int BACKLOG = 2_048;

  private EchoServers() {}

  /** A client, or many, of a server. */
  @FunctionalInterface
  interface Load<R> {
    /** Connects to the server at a port of the loopback address, any number of times. */
    R on(int port) throws Exception;
  }

  /** Puts a load on a server on an event loop, which has a thread of its own; with TLS if there is a context. */
  static <R> R onALoop(@Nullable SSLContext tls, Load<R> load) throws Exception {
    CompletableFuture<Integer> port = new CompletableFuture<>();
    CompletableFuture<@Nullable Void> stop = new CompletableFuture<>();
    ListenOptions plain = ListenOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).withBacklog(BACKLOG);
    ListenOptions options = tls == null ? plain : plain.withTls(TlsOptions.of(tls));
    Thread thread = Thread.ofPlatform()
        .name("echo-loop")
        .start(
            () -> EventLoop.run(
                LoopOptions.defaults().withProblems(_ -> {}), // peers that close in the middle
                a -> {
                  try (StreamServer server = StreamServer.listen(options, EchoServers::echo)) {
                    port.complete(((InetSocketAddress) server.addresses().getFirst()).getPort());
                    return a.await(stop);
                  }
                }));
    try {
      return load.on(port.join());
    } finally {
      stop.complete(null);
      thread.join();
    }
  }

  private static Async<@Nullable Void> echo(ByteStream stream) {
    return Async.action(
        a -> {
          while (true) {
            byte[] some = a.await(stream.read(8_192));
            if (some.length == 0) {
              return;
            }
            stream.write(some);
            a.await(stream.drain());
          }
        });
  }

  /** Puts a load on a server with a virtual thread for each connection, which blocks; with TLS if there is a context. */
  @SuppressWarnings("try") // to close the socket is what ends the acceptor, which is then waited for
  static <R> R onVirtualThreads(@Nullable SSLContext tls, Load<R> load) throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket server = tls == null
        ? new ServerSocket(0, BACKLOG, here)
        : tls.getServerSocketFactory().createServerSocket(0, BACKLOG, here)) {
      Thread acceptor = Thread.ofVirtual().start(() -> accept(server));
      R result = load.on(server.getLocalPort());
      server.close();
      acceptor.join();
      return result;
    }
  }

  private static void accept(ServerSocket server) {
    while (true) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> echo(socket));
      } catch (SocketException closed) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void echo(Socket socket) {
    try (socket;
        InputStream in = socket.getInputStream()) {
      byte[] buffer = new byte[8_192];
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        socket.getOutputStream().write(buffer, 0, read);
      }
    } catch (IOException e) {
      // a peer that closes in the middle
    }
  }
}
