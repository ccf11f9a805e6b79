package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Connections on the loopback interface, in real time. */
class TcpTest extends LoopContract {

  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Async.of(body);
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static Async<@Nullable Void> echo(TcpStream stream) {
    return Async.action(
        a -> {
          for (String line = a.await(stream.readLine()); line != null; line = a.await(stream.readLine())) {
            stream.write(line + "\n");
            a.await(stream.drain());
          }
        });
  }

  private <T extends @Nullable Object> T live(AsyncBody<T> body) {
    return EventLoop.run(LoopOptions.defaults().withProblems(problems::add), body);
  }

  private static Async<TcpStream> open(TcpServer server) throws IOException {
    return TcpStream.connect("127.0.0.1", server.port());
  }

  @Test
  void echo_linesInOrder() {
    live(
        a -> {
          try (TcpServer server = TcpServer.listen(anyPort(), TcpTest::echo);
              TcpStream stream = a.await(open(server))) {
            stream.write("one\ntwo\r\n\nthree");
            assertThat(a.await(stream.readLine())).isEqualTo("one");
            assertThat(a.await(stream.readLine())).isEqualTo("two");
            assertThat(a.await(stream.readLine())).isEmpty();
            stream.write(" äöü\n");
            assertThat(a.await(stream.readLine())).isEqualTo("three äöü");
          }
          return null;
        });
  }

  @Test
  void manyConnections_atOnce() {
    live(
        a -> {
          try (TcpServer server = TcpServer.listen(anyPort(), TcpTest::echo)) {
            List<Async<String>> clients = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
              String word = "client " + i;
              clients.add(
                  async(
                      b -> {
                        try (TcpStream stream = b.await(open(server))) {
                          for (int round = 0; round < 10; round++) {
                            stream.write(word + "\n");
                            if (!word.equals(b.await(stream.readLine()))) {
                              return "wrong";
                            }
                          }
                        }
                        return "right";
                      }));
            }
            assertThat(a.await(Asyncio.gather(clients))).containsOnly("right");
          }
          return null;
        });
  }

  @Test
  void readExactly_andTheEnd() {
    live(
        a -> {
          AsyncGenerator<String> unused = AsyncGenerator.of(y -> y.yield(""));
          try (TcpServer server = TcpServer.listen(
              anyPort(),
              stream -> Async.action(
                  b -> {
                    byte[] ten = b.await(stream.readExactly(10));
                    stream.write(ten);
                    stream.write("rest");
                  }));
              TcpStream stream = a.await(open(server))) {
            stream.write("01234");
            stream.write("56789");
            assertThat(a.await(stream.readExactly(0))).isEmpty();
            assertThat(a.await(stream.readExactly(10))).asString(StandardCharsets.UTF_8).isEqualTo("0123456789");
            try {
              a.await(stream.readExactly(5));
            } catch (EOFException e) {
              log.add(e.getMessage());
            }
            assertThat(a.await(stream.readLine())).isEqualTo("rest");
            assertThat(a.await(stream.readLine())).isNull();
            assertThat(a.await(stream.read(10))).isEmpty();
          }
          assertThat(unused).isNotNull();
          return null;
        });
    assertThat(log).containsExactly("the stream has ended after 4 of 5 bytes");
  }

  @Test
  void write_moreThanTheNetworkTakes_drainWaits() {
    int size = 20_000_000;
    live(
        a -> {
          Event read = new Event();
          try (TcpServer server = TcpServer.listen(
              anyPort(),
              stream -> Async.action(
                  b -> {
                    b.await(read.await());
                    long sum = 0;
                    for (byte[] some = b.await(stream.read(65_536)); some.length > 0; some = b.await(stream.read(65_536))) {
                      sum += some.length;
                      if (sum == size) {
                        stream.write(sum + "\n");
                      }
                    }
                  }));
              TcpStream stream = a.await(open(server))) {
            byte[] big = new byte[size];
            Arrays.fill(big, (byte) 7);
            stream.write(big);
            Task<@Nullable Void> drained = Asyncio.createTask(async(b -> b.await(stream.drain())));
            a.await(Asyncio.yieldNow());
            assertThat(drained.isDone()).isFalse();
            read.set();
            a.await(drained);
            assertThat(a.await(stream.readLine())).isEqualTo("" + size);
          }
          return null;
        });
  }

  @Test
  void drain_whileAnotherTaskWrites_isNotForgotten() {
    int size = 16_000_000;
    live(
        a -> {
          Event read = new Event();
          try (TcpServer server = TcpServer.listen(
              anyPort(),
              stream -> Async.action(
                  b -> {
                    b.await(read.await());
                    for (byte[] some = b.await(stream.read(1 << 20)); some.length > 0; some = b
                        .await(stream.read(1 << 20))) {
                    }
                  }));
              TcpStream stream = a.await(open(server))) {
            Task<@Nullable Void> drained = Asyncio.createTask(
                async(
                    b -> {
                      stream.write(new byte[size]);
                      return b.await(stream.drain());
                    }));
            a.await(Asyncio.yieldNow());
            assertThat(drained.isDone()).isFalse();
            read.set();
            while (!drained.isDone()) { // each write sends what it can, so that the selector may have nothing left to report
              stream.write("x");
              a.await(Asyncio.yieldNow());
            }
          }
          return null;
        });
  }

  /** A peer without a loop: reads on command, and returns how much has arrived, or why it stopped. */
  private static CompletableFuture<Object> peer(ServerSocket server, CountDownLatch begin) {
    CompletableFuture<Object> got = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (Socket socket = server.accept()) {
                begin.await();
                got.complete(socket.getInputStream().transferTo(OutputStream.nullOutputStream()));
              } catch (IOException e) {
                got.complete(e);
              } catch (Throwable t) {
                got.completeExceptionally(t);
              }
            });
    return got;
  }

  @Test
  void close_thenEndOfRun_allGoesOut() throws Exception {
    int size = 16 << 20;
    CountDownLatch begin = new CountDownLatch(1);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Object> got = peer(server, begin);
      live(
          a -> {
            try (TcpStream stream = a.await(TcpStream.connect("127.0.0.1", server.getLocalPort()))) {
              stream.write(new byte[size]);
            }
            EventLoop.current().callLater(Duration.ZERO, begin::countDown);
            return null;
          });
      assertThat(got.get(30, TimeUnit.SECONDS)).isEqualTo((long) size);
    }
    assertThat(problems).isEmpty();
  }

  @Test
  void endOfRun_peerDoesNotRead_droppedDataIsReportedAndTheConnectionCut() throws Exception {
    CountDownLatch begin = new CountDownLatch(1);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Object> got = peer(server, begin);
      EventLoop.run(
          LoopOptions.defaults().withShutdownTimeout(Duration.ofMillis(20)).withProblems(problems::add),
          a -> {
            a.await(TcpStream.connect("127.0.0.1", server.getLocalPort())).write(new byte[16 << 20]);
            return null;
          });
      begin.countDown();
      assertThat(got.get(30, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().kind()).isEqualTo(LoopProblem.Kind.LEFT_OVER);
    assertThat(problems.getFirst().message()).contains("bytes written to").contains("shutdownTimeout");
  }

  @Test
  void closed_waitsForWhatWasWritten_abortDropsIt() throws Exception {
    int size = 16 << 20;
    CountDownLatch begin = new CountDownLatch(1);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Object> got = peer(server, begin);
      live(
          a -> {
            TcpStream stream = a.await(TcpStream.connect("127.0.0.1", server.getLocalPort()));
            stream.write(new byte[size]);
            stream.close();
            Task<@Nullable Void> closed = Asyncio.createTask(stream.closed());
            a.await(Asyncio.yieldNow());
            assertThat(closed.isDone()).isFalse();
            begin.countDown();
            return a.await(closed);
          });
      assertThat(got.get(30, TimeUnit.SECONDS)).isEqualTo((long) size);
      peer(server, new CountDownLatch(1));
      live(
          a -> {
            TcpStream stream = a.await(TcpStream.connect("127.0.0.1", server.getLocalPort()));
            stream.write(new byte[size]);
            Task<@Nullable Void> drained = Asyncio.createTask(async(b -> b.await(stream.drain())));
            a.await(Asyncio.yieldNow());
            stream.close();
            stream.abort();
            a.await(ended(drained));
            assertThat(drained.exception()).isInstanceOf(IOException.class).hasMessageContaining("aborted");
            Task<@Nullable Void> closed = Asyncio.createTask(stream.closed());
            a.await(ended(closed));
            assertThat(closed.exception()).isInstanceOf(IOException.class).hasMessageContaining("aborted");
            return null;
          });
    }
    assertThat(problems).isEmpty();
  }

  @Test
  void readLine_tooLong_isAnError() {
    live(
        a -> {
          try (TcpServer server = TcpServer.listen(anyPort(), TcpTest::echo);
              TcpStream stream = a.await(open(server))) {
            stream.write("x".repeat(TcpStream.MAX_LINE + 1) + "\n");
            assertThat(a.await(stream.read(1))).isEmpty(); // the server has failed and closed it
          } catch (IOException reset) {
            log.add("reset");
          }
          return null;
        });
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().message()).contains("'connection-1'", "longer than 65536 bytes");
  }

  @Test
  void read_cancelled_losesNothing_andClosedFails() {
    live(
        a -> {
          Event answer = new Event();
          try (TcpServer server = TcpServer.listen(
              anyPort(),
              stream -> Async.action(
                  b -> {
                    stream.write("part");
                    b.await(answer.await());
                    stream.write("ial\n");
                    b.await(stream.readLine());
                  }))) {
            TcpStream stream = a.await(open(server));
            Task<@Nullable String> cancelled = Asyncio.createTask(async(b -> b.await(stream.readLine())));
            a.await(Asyncio.yieldNow());
            a.await(Asyncio.yieldNow());
            try {
              a.await(stream.read(1));
            } catch (LoopStateException e) {
              log.add("one at a time");
            }
            cancelled.cancel();
            a.await(ended(cancelled));
            answer.set();
            assertThat(a.await(stream.readLine())).isEqualTo("partial");
            Task<@Nullable String> reader = Asyncio.createTask(async(b -> b.await(stream.readLine())));
            a.await(Asyncio.yieldNow());
            a.await(Asyncio.yieldNow());
            stream.close();
            stream.close();
            a.await(ended(reader));
            assertThat(reader.exception()).isInstanceOf(ClosedChannelException.class);
            assertThatThrownBy(() -> stream.write("x")).isInstanceOf(ClosedChannelException.class);
          }
          return null;
        });
    assertThat(log).containsExactly("one at a time");
  }

  @Test
  void connect_noListener_andBadPort() {
    live(
        a -> {
          int port;
          try (TcpServer gone = TcpServer.listen(anyPort(), TcpTest::echo)) {
            port = gone.port();
          }
          try {
            a.await(TcpStream.connect("localhost", port));
          } catch (ConnectException e) {
            log.add("refused");
            assertThat(e).hasMessageContaining("" + port);
          }
          Callable<?> bad = () -> TcpStream.connect("localhost", 70_000); // not discarded, which would be reported
          assertThatThrownBy(bad::call).isInstanceOf(IllegalArgumentException.class);
          return null;
        });
    assertThat(log).containsExactly("refused");
  }

  @Test
  void virtualTime_hasNoChannels() {
    run(
        a -> {
          assertThatThrownBy(() -> TcpServer.listen(anyPort(), TcpTest::echo))
              .isInstanceOf(LoopStateException.class)
              .hasMessageContaining("virtual time");
          return null;
        });
  }

  @Test
  void process_isAwaited() {
    live(
        a -> {
          Process child = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-version").start();
          Process ended = a.await(Asyncio.timeout(Duration.ofSeconds(50), async(b -> b.await(child.onExit()))));
          assertThat(ended.exitValue()).isZero();
          return null;
        });
  }
}
