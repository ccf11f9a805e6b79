package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A server's connections: their list, their orderly and abrupt end, and the silence of a run that ends with them. */
@org.junit.jupiter.api.Timeout(60)
class TcpServerTest {
  private static final String HOST = InetAddress.getLoopbackAddress().getHostAddress();

  private final List<LoopProblem> problems = new ArrayList<>();

  private <T extends @Nullable Object> T run(AsyncBody<T> body) {
    return EventLoop.run(LoopOptions.defaults().withProblems(problems::add), body);
  }

  private static TcpServer listen(Function<? super TcpStream, ? extends Async<?>> handler) throws IOException {
    return TcpServer.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), handler);
  }

  private static Async<@Nullable Void> echo(TcpStream stream) {
    return Async.action(
        a -> {
          for (String line = a.await(stream.readLine()); line != null; line = a.await(stream.readLine())) {
            stream.write(line + "\n");
          }
        });
  }

  @Test
  void run_endsWithIdleClients_nothingIsReported() {
    List<TcpStream> clients = new ArrayList<>();
    run(
        a -> {
          try (TcpServer server = listen(TcpServerTest::echo)) {
            for (int i = 0; i < 3; i++) {
              TcpStream client = a.await(TcpStream.connect(HOST, server.port()));
              clients.add(client);
              client.write("hello\n");
              assertThat(a.await(client.readLine())).isEqualTo("hello");
            }
            assertThat(server.connections()).hasSize(3);
            assertThat(server.connections().getFirst().remoteAddress()).isEqualTo(clients.getFirst().localAddress());
          }
          return null;
        });
    assertThat(problems).isEmpty();
  }

  @Test
  void closeClients_endsTheConnections_closedWaitsForThem() {
    run(
        a -> {
          List<String> log = new ArrayList<>();
          TcpServer server = listen(
              stream -> Async.action(
                  b -> {
                    try {
                      b.await(echo(stream));
                    } finally {
                      b.await(Asyncio.yieldNow());
                      log.add("handler ended");
                    }
                  }));
          TcpStream client = a.await(TcpStream.connect(HOST, server.port()));
          client.write("hello\n");
          assertThat(a.await(client.readLine())).isEqualTo("hello");
          server.close();
          server.closeClients();
          a.await(server.closed());
          assertThat(log).containsExactly("handler ended");
          assertThat(server.connections()).isEmpty();
          assertThat(a.await(client.readLine())).isNull();
          client.close();
          return null;
        });
    assertThat(problems).isEmpty();
  }

  @Test
  void abortClients_resetsConnectionsWithUnsentData() {
    run(
        a -> {
          TcpServer server = listen(
              stream -> Async.action(
                  b -> {
                    stream.write(new byte[50_000_000]);
                    b.await(stream.drain());
                  }));
          TcpStream client = a.await(TcpStream.connect(HOST, server.port()));
          assertThat(a.await(client.read(1))).hasSize(1);
          server.close();
          server.abortClients();
          a.await(server.closed());
          assertThatThrownBy(() -> {
            throw failureOf(a.await(Asyncio.gatherOutcomes(List.of(readAll(client)))).getFirst());
          }).isInstanceOf(IOException.class);
          client.close();
          return null;
        });
    assertThat(problems).isEmpty();
  }

  private static Throwable failureOf(Outcome<?> outcome) {
    return outcome instanceof Outcome.Failure<?>(Throwable error) ? error : new AssertionError("no failure: " + outcome);
  }

  private static Async<Integer> readAll(TcpStream stream) {
    return Async.of(
        a -> {
          int all = 0;
          for (byte[] some = a.await(stream.read(1 << 20)); some.length > 0; some = a.await(stream.read(1 << 20))) {
            all += some.length;
          }
          return all;
        });
  }

  @Test
  void writeEof_peerReadsTheEnd_andCanStillAnswer() {
    run(
        a -> {
          try (TcpServer server = listen(
              stream -> Async.action(
                  b -> {
                    int all = b.await(readAll(stream));
                    stream.write("got " + all + "\n");
                  }));
              TcpStream client = a.await(TcpStream.connect(HOST, server.port()))) {
            client.write(new byte[3_000_000]); // is not sent at once
            client.writeEof();
            client.writeEof();
            assertThatThrownBy(() -> client.write("more")).isInstanceOf(IOException.class)
                .hasMessageContaining("writeEof()");
            assertThat(a.await(client.readLine())).isEqualTo("got 3000000");
          }
          return null;
        });
    assertThat(problems).isEmpty();
  }

  @Test
  void readLine_tooLong_isAnErrorAfterWhichReadingGoesOn() {
    run(
        a -> {
          try (TcpServer server = listen(
              stream -> Async.action(
                  b -> {
                    stream.write("y".repeat(70_000) + "\nnext\n" + "z".repeat(20) + "\n" + "w".repeat(200_000) + "\nlast\n");
                    b.await(stream.readLine());
                  }));
              TcpStream client = a.await(TcpStream.connect(HOST, server.port()))) {
            List<String> got = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
              try {
                got.add(String.valueOf(a.await(i == 2 ? client.readLine(10) : client.readLine())));
              } catch (IOException e) {
                got.add("too long");
              }
            }
            got.add(String.valueOf(a.await(client.readLine())));
            assertThat(got).containsExactly("too long", "next", "too long", "too long", "last");
          }
          return null;
        });
  }
}
