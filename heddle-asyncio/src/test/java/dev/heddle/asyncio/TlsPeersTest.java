package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS with other implementations on the other side: the JDK's blocking sockets, OpenSSL, curl and Python, where they are installed. */
@org.junit.jupiter.api.Timeout(180)
class TlsPeersTest {
  private final TestCertificates certificates = TestCertificates.get();
  private final List<LoopProblem> problems = new ArrayList<>();

  private <T extends @Nullable Object> T run(AsyncBody<T> body) {
    return EventLoop.run(LoopOptions.defaults().withProblems(problems::add), body);
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

  private StreamServer serve(TlsOptions options) throws IOException {
    return StreamServer.listen(
        ListenOptions.at(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0)).withTls(options),
        TlsPeersTest::echo);
  }

  private static int port(StreamServer server) {
    return ((InetSocketAddress) server.addresses().getFirst()).getPort();
  }

  // ---- the JDK's sockets ----

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void jdkClient_isServed(String version) {
    run(
        a -> {
          try (StreamServer server = serve(certificates.serverOptions())) {
            int port = port(server);
            String answers = a.await(Asyncio.toThread(() -> {
              try (SSLSocket socket = (SSLSocket) certificates.clientContext().getSocketFactory()
                  .createSocket("127.0.0.1", port)) {
                socket.setEnabledProtocols(new String[]{version});
                socket.getOutputStream().write(("x".repeat(50_000) + "\nend\n").getBytes(StandardCharsets.UTF_8));
                BufferedReader in = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                return in.readLine() + in.readLine();
              }
            }));
            assertThat(answers).isEqualTo("x".repeat(50_000) + "end");
          }
          return null;
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void jdkServer_echoes_bothEndOrderly(String version) throws Exception {
    try (SSLServerSocket listening = (SSLServerSocket) certificates.serverContext().getServerSocketFactory()
        .createServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      CompletableFuture<Integer> received = new CompletableFuture<>();
      Thread.ofVirtual().start(
          () -> {
            try (SSLSocket socket = (SSLSocket) listening.accept()) {
              socket.setEnabledProtocols(new String[]{version});
              byte[] big = socket.getInputStream().readNBytes(500_000);
              socket.getOutputStream().write(big);
              received.complete(socket.getInputStream().readAllBytes().length);
            } catch (Throwable t) {
              received.completeExceptionally(t);
            }
          });
      run(
          a -> {
            try (TlsStream client = a
                .await(TlsStream.connect(certificates.clientOptions(), "127.0.0.1", listening.getLocalPort()))) {
              byte[] big = new byte[500_000];
              Arrays.fill(big, (byte) 'z');
              client.write(big);
              assertThat(a.await(client.readExactly(big.length))).isEqualTo(big);
              client.write("and more");
            }
            return null;
          });
      assertThat(received.get(30, TimeUnit.SECONDS)).isEqualTo("and more".length());
    }
    assertThat(problems).isEmpty();
  }

  // ---- other programs ----

  /** Returns the program's path; the test is skipped, with the reason, where it is not installed. */
  private static String installed(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return folder + "/" + program;
      }
    }
    assumeTrue(false, program + " is not installed");
    return "";
  }

  /** Runs a program on the loop; returns what it has printed. */
  private static Async<String> program(String input, String... command) {
    return Async.of(
        a -> {
          Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
          try {
            StreamWriter in = StreamWriter.of(process.getOutputStream());
            StreamReader out = StreamReader.of(process.getInputStream());
            in.write(input);
            in.close();
            byte[] all = a.await(out.readAll(10_000_000));
            out.close();
            return new String(all, StandardCharsets.UTF_8);
          } finally {
            process.destroy();
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_3", "-tls1_2"})
  void opensslClient_isServed(String version) {
    String openssl = installed("openssl");
    Path trusted = certificates.pem(certificates.server, "server", false);
    run(
        a -> {
          try (StreamServer server = serve(certificates.serverOptions().withApplicationProtocols("line"))) {
            String printed = a.await(
                program(
                    "hello from outside\n", openssl, "s_client", "-connect", "127.0.0.1:" + port(server), "-CAfile",
                    trusted.toString(),
                    "-verify_return_error", "-verify_ip", "127.0.0.1", "-alpn", "line", version));
            assertThat(printed).contains("ALPN protocol: line").contains("Verify return code: 0");
          }
          return null;
        });
  }

  @Test
  void opensslClient_thatAsksForRenegotiation_isRefused() {
    String openssl = installed("openssl");
    run(
        a -> {
          try (StreamServer server = serve(certificates.serverOptions())) {
            Process process = new ProcessBuilder(openssl, "s_client", "-connect", "127.0.0.1:" + port(server), "-tls1_2",
                "-legacy_renegotiation")
                .redirectErrorStream(true).start();
            StreamWriter in = StreamWriter.of(process.getOutputStream());
            StreamReader out = StreamReader.of(process.getInputStream());
            String line = a.await(out.readLine());
            while (line != null && !line.contains("Extended master secret")) {
              line = a.await(out.readLine());
            }
            in.write("R\n");
            a.await(out.readAll(1_000_000)); // it ends, since the server has closed the connection
            process.destroy();
          }
          return null;
        });
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().message()).contains("renegotiation");
  }

  @Test
  void opensslClient_updatesItsKeys() {
    String openssl = installed("openssl");
    run(
        a -> {
          try (StreamServer server = serve(certificates.serverOptions())) {
            Process process = new ProcessBuilder(openssl, "s_client", "-connect", "127.0.0.1:" + port(server), "-tls1_3")
                .redirectErrorStream(true).start();
            StreamWriter in = StreamWriter.of(process.getOutputStream());
            AsyncIterator<String> out = StreamReader.of(process.getInputStream()).lines();
            while (server.connections().isEmpty()) {
              a.await(Asyncio.yieldNow());
            }
            for (String each : new String[]{"before", "K", "after one", "k", "after two"}) { // K asks the server to update its keys, too
              in.write(each + "\n");
              boolean found = each.length() == 1;
              while (!found && a.await(out.hasNext())) {
                found = out.next().equals(each);
              }
              if (each.length() == 1) {
                while (a.await(out.hasNext()) && !out.next().contains("KEYUPDATE")) {
                }
              }
              assertThat(found).as(each).isTrue();
            }
            process.destroy();
          }
          return null;
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_3", "-tls1_2"})
  void opensslServer_answers(String version) throws IOException {
    String openssl = installed("openssl");
    Path key = certificates.pem(certificates.server, "server", true);
    int port;
    try (java.net.ServerSocket free = new java.net.ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    run(
        a -> {
          Process process = new ProcessBuilder(openssl, "s_server", "-accept", "127.0.0.1:" + port, "-key", key.toString(),
              "-cert",
              key.toString(), "-rev", version).redirectErrorStream(true).start();
          try {
            StreamReader out = StreamReader.of(process.getInputStream());
            String line = a.await(out.readLine());
            while (line != null && !line.contains("ACCEPT")) {
              line = a.await(out.readLine());
            }
            try (TlsStream client = a.await(TlsStream.connect(certificates.clientOptions(), "127.0.0.1", port))) {
              client.write("abc\n");
              assertThat(a.await(client.readLine())).isEqualTo("cba");
            }
          } finally {
            process.destroy();
          }
          return null;
        });
    assertThat(problems).isEmpty();
  }

  @Test
  void curl_fetches() {
    String curl = installed("curl");
    Path trusted = certificates.pem(certificates.server, "server", false);
    run(
        a -> {
          try (StreamServer server = StreamServer.listen(
              ListenOptions.at(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))
                  .withTls(certificates.serverOptions()),
              stream -> Async.action(
                  b -> {
                    b.await(stream.readUntil("\r\n\r\n".getBytes(StandardCharsets.US_ASCII), 10_000));
                    stream.write("HTTP/1.0 200 OK\r\nContent-Length: 300000\r\n\r\n" + "c".repeat(300_000));
                  }))) {
            String printed = a.await(
                program("", curl, "-sS", "--cacert", trusted.toString(), "https://127.0.0.1:" + port(server) + "/"));
            assertThat(printed).isEqualTo("c".repeat(300_000));
            assertThat(
                a.await(program("", curl, "-sS", "https://127.0.0.1:" + port(server) + "/"))).contains("certificate"); // not trusted
          }
          return null;
        });
  }

  @Test
  void pythonsClient_isServed_andEndsOrderly() {
    String python = installed("python3");
    Path trusted = certificates.pem(certificates.server, "server", false);
    String script = """
        import socket, ssl, sys
        context = ssl.create_default_context(cafile=sys.argv[2])
        with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as raw:
            with context.wrap_socket(raw, server_hostname="localhost") as tls:
                tls.sendall(b"from python\\n")
                print(tls.version(), tls.recv(100).decode().strip())
                tls.unwrap()
        print("closed in order")
        """;
    run(
        a -> {
          try (StreamServer server = serve(certificates.serverOptions())) {
            String printed = a.await(program("", python, "-c", script, "" + port(server), trusted.toString()));
            assertThat(printed).isEqualTo("TLSv1.3 from python\nclosed in order\n");
            a.await(server.shutdown(java.time.Duration.ofSeconds(30)));
          }
          return null;
        });
    assertThat(problems).isEmpty();
  }

  @Test
  void peerThatStallsInTheHandshake_isReportedAsAPeersFailure() {
    List<LoopProblem> problems = new ArrayList<>();
    EventLoop.run(
        LoopOptions.simulated(1).withProblems(problems::add),
        a -> {
          ListenOptions options = ListenOptions.inMemory().withTls(TestCertificates.get().serverOptions());
          StreamServer server = StreamServer.listen(options, stream -> Async.action(b -> b.await(stream.readLine())));
          ByteStream stalling = server.connectInMemory();
          stalling.write(new byte[]{22, 3, 1, 2}); // the begin of a record
          a.await(Asyncio.sleep(Duration.ofSeconds(11)));
          assertThat(server.connections()).isEmpty();
          stalling.abort();
          return null;
        });
    assertThat(problems).extracting(LoopProblem::kind).containsExactly(LoopProblem.Kind.PEER_FAILURE);
    assertThat(problems.getFirst().message()).contains("TLS handshake", "10 s");
  }
}
