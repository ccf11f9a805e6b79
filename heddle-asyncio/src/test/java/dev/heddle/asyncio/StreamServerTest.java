package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A server's limits on its peers and its orderly end, in virtual time; several addresses and TLS over the network. */
@org.junit.jupiter.api.Timeout(120)
class StreamServerTest extends LoopContract {
  private static final Duration HOUR = Duration.ofHours(1);

  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Async.of(body);
  }

  private static Async<@Nullable Void> echo(ByteStream stream) {
    return Async.action(
        a -> {
          for (String line = a.await(stream.readLine()); line != null; line = a.await(stream.readLine())) {
            stream.write(line + "\n");
            a.await(stream.drain());
          }
        });
  }

  @Test
  void silentPeer_isCutOffAfterTheFirstReadsLimit() {
    run(
        a -> {
          StreamServer server = StreamServer.listen(ListenOptions.inMemory(), StreamServerTest::echo);
          ByteStream silent = server.connectInMemory();
          assertThat(a.await(silent.readLine())).isNull();
          assertThat(EventLoop.current().nanoTime()).isEqualTo(Duration.ofSeconds(30).toNanos());
          return null;
        });
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().kind()).isEqualTo(LoopProblem.Kind.PEER_FAILURE);
    assertThat(problems.getFirst().message()).contains("'connection-1'", "limit of 30 s", "ListenOptions");
  }

  @Test
  void slowPeer_aByteAMinute_isCutOffAlthoughItSends() {
    run(
        a -> {
          ListenOptions options = ListenOptions.inMemory().withIdle(Duration.ofMinutes(5));
          StreamServer server = StreamServer.listen(options, StreamServerTest::echo);
          ByteStream slow = server.connectInMemory();
          slow.write("first\n");
          assertThat(a.await(slow.readLine())).isEqualTo("first");
          int sent = 0;
          while (server.connections().size() == 1) {
            slow.write("x");
            sent++;
            a.await(Asyncio.sleep(Duration.ofMinutes(1)));
          }
          assertThat(sent).isEqualTo(6); // at once, and after each of the five minutes
          return null;
        });
    assertThat(problems).hasSize(1);
  }

  @Test
  void peerThatDoesNotRead_isCutOff() {
    run(
        a -> {
          StreamServer server = StreamServer.listen(
              ListenOptions.inMemory().withIdle(Duration.ofMinutes(1)),
              stream -> Async.action(
                  b -> {
                    stream.write(new byte[1_000_000]);
                    b.await(stream.drain());
                  }));
          ByteStream deaf = server.connectInMemory();
          a.await(Asyncio.sleep(Duration.ofSeconds(59)));
          assertThat(server.connections()).hasSize(1);
          a.await(Asyncio.sleep(Duration.ofSeconds(2)));
          assertThat(server.connections()).isEmpty();
          deaf.abort();
          return null;
        });
    assertThat(problems).isNotEmpty();
    assertThat(problems.getFirst().message()).contains("has not read what was written");
  }

  @Test
  void manyBadPeers_areReportedOnceAMinute_withTheirNumber() {
    run(
        a -> {
          StreamServer server = StreamServer.listen(ListenOptions.inMemory().withFirstRead(Duration.ofSeconds(1)),
              StreamServerTest::echo);
          for (int i = 0; i < 100; i++) {
            server.connectInMemory();
            a.await(Asyncio.sleep(Duration.ofSeconds(1)));
          }
          server.close();
          a.await(server.closed());
          return null;
        });
    assertThat(problems).hasSize(3);
    assertThat(problems.get(1).message()).contains("(59 similar failures since the last report)");
    assertThat(problems.get(2).message()).contains("39 more connections");
  }

  @Test
  void failuresOfPeers_doNotHideThatOfAHandler() {
    run(
        a -> {
          StreamServer server = StreamServer.listen(
              ListenOptions.inMemory(), stream -> Async.action(b -> {
                if ("save".equals(b.await(stream.readLine()))) {
                  throw new IOException("no space left");
                }
              }));
          ByteStream silent = server.connectInMemory();
          a.await(Asyncio.sleep(Duration.ofSeconds(25)));
          server.connectInMemory().write("save\n"); // five seconds before, and after, the silent ones are cut off
          a.await(Asyncio.sleep(Duration.ofSeconds(10)));
          server.connectInMemory().write("save\n");
          a.await(Asyncio.sleep(Duration.ofSeconds(10)));
          assertThat(silent.isClosed()).isFalse();
          server.close();
          return null;
        });
    assertThat(problems).extracting(LoopProblem::kind).containsExactly(
        LoopProblem.Kind.UNOBSERVED_FAILURE, LoopProblem.Kind.PEER_FAILURE, LoopProblem.Kind.UNOBSERVED_FAILURE);
    assertThat(problems.get(0).message()).contains("no space left");
    assertThat(problems.get(2).message()).contains("1 more connections");
  }

  @Test
  void maxConnections_furtherOnesWait() {
    run(
        a -> {
          StreamServer server = StreamServer.listen(ListenOptions.inMemory().withMaxConnections(2), StreamServerTest::echo);
          ByteStream first = server.connectInMemory();
          server.connectInMemory();
          assertThatThrownBy(server::connectInMemory).isInstanceOf(ConnectException.class).hasMessageContaining("2");
          first.close();
          a.await(Asyncio.sleep(Duration.ofSeconds(1)));
          server.connectInMemory();
          server.close();
          assertThatThrownBy(server::connectInMemory).isInstanceOf(ConnectException.class).hasMessageContaining("closed");
          return null;
        });
    assertThat(problems).isEmpty();
  }

  @Test
  void shutdown_answersWhatWasAsked_endsIdleConnections() {
    run(
        a -> {
          StreamServer server = StreamServer.listen(
              ListenOptions.inMemory(),
              stream -> Async.action(
                  b -> {
                    for (String line = b.await(stream.readLine()); line != null; line = b.await(stream.readLine())) {
                      b.await(Asyncio.sleep(Duration.ofSeconds(3)));
                      stream.write("answer to " + line + "\n");
                    }
                  }));
          ByteStream idle = server.connectInMemory();
          ByteStream busy = server.connectInMemory();
          busy.write("question\n");
          a.await(Asyncio.sleep(Duration.ofSeconds(1)));
          Task<@Nullable Void> end = Asyncio.createTask(server.shutdown(Duration.ofSeconds(10)));
          assertThat(a.await(idle.readLine())).isNull();
          assertThat(end.isDone()).isFalse();
          assertThat(a.await(busy.readLine())).isEqualTo("answer to question");
          assertThat(a.await(busy.readLine())).isNull();
          a.await(end);
          assertThat(EventLoop.current().nanoTime()).isEqualTo(Duration.ofSeconds(3).toNanos());
          return null;
        });
    assertThat(problems).isEmpty();
  }

  @Test
  void shutdown_handlersThatGoOn_areCancelledAfterTheGrace() {
    run(
        a -> {
          StreamServer server = StreamServer.listen(
              ListenOptions.inMemory(),
              stream -> Async.action(
                  b -> {
                    try {
                      b.await(Asyncio.sleep(HOUR));
                    } finally {
                      log.add("cleaned up");
                    }
                  }));
          server.connectInMemory();
          a.await(Asyncio.yieldNow());
          a.await(Asyncio.yieldNow());
          a.await(server.shutdown(Duration.ofSeconds(10)));
          assertThat(EventLoop.current().nanoTime()).isEqualTo(Duration.ofSeconds(10).toNanos());
          return null;
        });
    assertThat(log).containsExactly("cleaned up");
    assertThat(problems).isEmpty();
  }

  @Test
  void tls_inVirtualTime_silentHandshakeIsCutOff_andAGoodOneServed() {
    TestCertificates certificates = TestCertificates.get();
    run(
        a -> {
          StreamServer server = StreamServer.listen(ListenOptions.inMemory().withTls(certificates.serverOptions()),
              StreamServerTest::echo);
          ByteStream silent = server.connectInMemory();
          TlsStream client = a.await(TlsStream.client(certificates.clientOptions(), server.connectInMemory(), "localhost"));
          client.write("secret\n");
          assertThat(a.await(client.readLine())).isEqualTo("secret");
          try {
            log.add("ended: " + a.await(silent.read(1)).length);
          } catch (IOException e) {
            log.add("reset");
          }
          assertThat(EventLoop.current().nanoTime()).isBetween(Duration.ofSeconds(10).toNanos(),
              Duration.ofSeconds(11).toNanos());
          Task<@Nullable Void> end = Asyncio.createTask(server.shutdown(Duration.ofSeconds(1)));
          assertThat(a.await(client.readLine())).isNull();
          a.await(end);
          return null;
        });
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().message()).contains("TLS handshake", "10 s");
    assertThat(log).containsExactly("reset");
  }

  @Test
  void handlerFailsInItsAnswer_peerSeesAnError_notTheEnd() {
    run(
        a -> {
          StreamServer server = StreamServer.listen(
              ListenOptions.inMemory(),
              stream -> Async.action(
                  b -> {
                    b.await(stream.readLine());
                    stream.write("half of ");
                    b.await(stream.drain());
                    throw new IllegalStateException("no more");
                  }));
          ByteStream client = server.connectInMemory();
          client.write("question\n");
          try {
            log.add("ended: " + a.await(client.readLine()));
          } catch (IOException e) {
            log.add("reset");
          }
          return null;
        });
    assertThat(log).containsExactly("reset");
    assertThat(problems).hasSize(1);
  }

  @Test
  void shutdown_uploadUnderWay_isNotCutOff() {
    run(
        a -> {
          StreamServer server = StreamServer.listen(
              ListenOptions.inMemory(),
              stream -> Async.action(b -> log.add("got " + b.await(stream.readAll(100)).length)));
          ByteStream client = server.connectInMemory();
          client.write("12345");
          a.await(Asyncio.sleep(Duration.ofSeconds(1)));
          Task<@Nullable Void> end = Asyncio.createTask(server.shutdown(Duration.ofSeconds(10)));
          a.await(Asyncio.sleep(Duration.ofSeconds(1)));
          client.write("67890");
          client.writeEof();
          a.await(end);
          return null;
        });
    assertThat(log).containsExactly("got 10");
    assertThat(problems).isEmpty();
  }

  @Test
  void closedByItsHandler_peerThatDoesNotRead_isAbortedAfterTheIdleLimit() {
    run(
        a -> {
          StreamServer server = StreamServer.listen(
              ListenOptions.inMemory().withIdle(Duration.ofMinutes(1)),
              stream -> Async.action(b -> stream.write(new byte[1_000_000])));
          ByteStream deaf = server.connectInMemory();
          a.await(Asyncio.sleep(Duration.ofSeconds(61)));
          try {
            log.add("ended: " + a.await(deaf.readAll(2_000_000)).length);
          } catch (IOException e) {
            log.add("reset");
          }
          return null;
        });
    assertThat(log).containsExactly("reset");
  }

  private <T extends @Nullable Object> T live(AsyncBody<T> body) {
    return EventLoop.run(LoopOptions.defaults().withProblems(problems::add), body);
  }

  @Test
  void tls_overTcp_severalAddresses() {
    TestCertificates certificates = TestCertificates.get();
    live(
        a -> {
          InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
          ListenOptions options = ListenOptions.at(new InetSocketAddress(loopback, 0), new InetSocketAddress(loopback, 0))
              .withTls(certificates.serverOptions());
          try (StreamServer server = StreamServer.listen(options, StreamServerTest::echo)) {
            List<String> answers = new ArrayList<>();
            for (SocketAddress each : server.addresses()) {
              int port = ((InetSocketAddress) each).getPort();
              try (TlsStream client = a.await(TlsStream.connect(certificates.clientOptions(), "127.0.0.1", port))) {
                client.write("to " + answers.size() + "\n");
                answers.add(a.await(client.readLine()));
                assertThat(client.remoteAddress()).isEqualTo(new InetSocketAddress(loopback, port));
              }
            }
            assertThat(answers).containsExactly("to 0", "to 1");
            a.await(server.shutdown(Duration.ofSeconds(20)));
            assertThat(server.addresses()).isEmpty();
          }
          return null;
        });
    assertThat(problems).isEmpty();
  }

  @Test
  void maxConnections_overTcp_laterOnesAreAcceptedWhenOthersEnd() {
    live(
        a -> {
          ListenOptions options = ListenOptions.at(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))
              .withMaxConnections(1);
          try (StreamServer server = StreamServer.listen(options, StreamServerTest::echo)) {
            int port = ((InetSocketAddress) server.addresses().getFirst()).getPort();
            TcpStream first = a.await(TcpStream.connect("127.0.0.1", port));
            first.write("one\n");
            assertThat(a.await(first.readLine())).isEqualTo("one");
            TcpStream second = a.await(TcpStream.connect("127.0.0.1", port)); // by the system, for the server's queue
            second.write("two\n");
            Task<@Nullable String> answer = Asyncio.createTask(async(b -> b.await(second.readLine())));
            for (int i = 0; i < 4; i++) { // an accept, a read and an answer would be ready before each of these ends
              first.write("again\n");
              assertThat(a.await(first.readLine())).isEqualTo("again");
            }
            assertThat(answer.isDone()).isFalse();
            assertThat(server.connections()).hasSize(1);
            first.close();
            assertThat(a.await(answer)).isEqualTo("two");
            second.close();
          }
          return null;
        });
  }

  @Test
  void listen_portInUse_isNamed() {
    live(
        a -> {
          InetSocketAddress any = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
          try (StreamServer server = StreamServer.listen(ListenOptions.at(any), StreamServerTest::echo)) {
            SocketAddress taken = server.addresses().getFirst();
            assertThatThrownBy(() -> StreamServer.listen(ListenOptions.at(any, taken), StreamServerTest::echo))
                .isInstanceOf(BindException.class)
                .hasMessageContaining(taken.toString());
          }
          return null;
        });
  }

  @Test
  void options_checkTheirValues() throws IOException {
    assertThatThrownBy(() -> ListenOptions.at(InetSocketAddress.createUnresolved("no.such.host", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no.such.host");
    assertThatThrownBy(() -> ListenOptions.inMemory().withMaxConnections(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ListenOptions.inMemory().withIdle(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ListenOptions.inMemory().withBacklog(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
