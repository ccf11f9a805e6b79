package dev.heddle.benchmarks.asyncio;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.TcpServer;
import dev.heddle.asyncio.TcpStream;
import dev.heddle.futures.Executor;
import dev.heddle.futures.ThreadPool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Many clients that send a line and wait for its echo, again and again, to a server on a loop or on virtual threads. */
final class EchoLoad {
  private static final int BACKLOG = 2_048;
  private static final byte[] LINE = "0123456789012345678901234567890\n".getBytes(StandardCharsets.UTF_8);

  private final int clients;
  private final int rounds;

  EchoLoad(int clients, int rounds) {
    this.clients = clients;
    this.rounds = rounds;
  }

  /**
   * The figures of one run.
   *
   * @param perSecond echoes in a second
   * @param p99Millis within which 99 of 100 came
   */
  record Figures(double perSecond, double p99Millis) {}

  /** With a server on an event loop, on a thread of its own. */
  Figures onALoop() throws Exception {
    CompletableFuture<Integer> port = new CompletableFuture<>();
    CompletableFuture<@Nullable Void> stop = new CompletableFuture<>();
    Thread thread = Thread.ofPlatform()
        .name("echo-loop")
        .start(
            () -> EventLoop.run(
                a -> {
                  try (TcpServer server = TcpServer.listen(anyPort(), EchoLoad::echo)) {
                    port.complete(server.port());
                    return a.await(stop);
                  }
                }));
    try {
      return load(port.join());
    } finally {
      stop.complete(null);
      thread.join();
    }
  }

  private static Async<@Nullable Void> echo(TcpStream stream) {
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

  /** With a server that has a virtual thread for each connection. */
  @SuppressWarnings("try") // to close the socket is what ends the acceptor, which is then waited for
  Figures onVirtualThreads() throws Exception {
    try (ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())) {
      Thread acceptor = Thread.ofVirtual().start(() -> accept(server));
      Figures figures = load(server.getLocalPort());
      server.close();
      acceptor.join();
      return figures;
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
      throw new UncheckedIOException(e);
    }
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** All clients at once, on virtual threads, after each has connected and made one round. */
  private Figures load(int port) throws Exception {
    CyclicBarrier connected = new CyclicBarrier(clients + 1);
    try (Executor pool = ThreadPool.virtual()) {
      CompletableFuture<long[]> all = CompletableFuture.supplyAsync(
          () -> IntStream.range(0, clients)
              .mapToObj(_ -> pool.submit((Callable<long[]>) () -> client(port, connected)))
              .toList()
              .stream()
              .flatMapToLong(each -> Arrays.stream(each.result()))
              .sorted()
              .toArray());
      connected.await();
      long start = System.nanoTime();
      long[] nanos = all.join();
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Figures(nanos.length / seconds, nanos[nanos.length * 99 / 100] / 1e6);
    }
  }

  private long[] client(int port, CyclicBarrier connected) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      exchange(socket);
      connected.await();
      long[] nanos = new long[rounds];
      for (int i = 0; i < rounds; i++) {
        long start = System.nanoTime();
        exchange(socket);
        nanos[i] = System.nanoTime() - start;
      }
      return nanos;
    }
  }

  private static void exchange(Socket socket) throws IOException {
    socket.getOutputStream().write(LINE);
    byte[] echoed = socket.getInputStream().readNBytes(LINE.length);
    if (!Arrays.equals(echoed, LINE)) {
      throw new IOException("the echo was " + Arrays.toString(echoed));
    }
  }
}
