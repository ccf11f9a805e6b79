package dev.heddle.benchmarks.asyncio;

import dev.heddle.futures.Executor;
import dev.heddle.futures.ThreadPool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import javax.net.SocketFactory;

/**
 * Many clients that send a line and wait for its echo, again and again.
 *
 * @param clients how many connections, each with a virtual thread
 * @param rounds how many lines each sends
 * @param pause between two lines
 * @param sockets makes the connections
 */
record EchoLoad(int clients, int rounds, Duration pause,
    SocketFactory sockets) implements EchoServers.Load<EchoLoad.Figures> {
  private static final byte[] LINE = "0123456789012345678901234567890\n".getBytes(StandardCharsets.UTF_8);

  /**
   * The figures of one run.
   *
   * @param perSecond echoes in a second
   * @param p99Millis within which 99 of 100 came
   */
  record Figures(double perSecond, double p99Millis) {}

  /** All clients at once, after each has connected and made one round. */
  @Override
  public Figures on(int port) throws Exception {
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
    try (Socket socket = sockets.createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      exchange(socket);
      connected.await();
      long[] nanos = new long[rounds];
      for (int i = 0; i < rounds; i++) {
        if (pause.isPositive()) {
          Thread.sleep(pause);
        }
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
