package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.asyncio.TlsOptions.ClientCertificates;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS over pairs in memory, in virtual time. */
@org.junit.jupiter.api.Timeout(120)
class TlsStreamTest extends LoopContract {
  private final TestCertificates certificates = TestCertificates.get();

  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Async.of(body);
  }

  /** The two ends of a TLS connection. */
  private record Ends(TlsStream client, TlsStream server) {}

  private static Async<Ends> connect(ByteStream.Endpoints pair, TlsOptions client, TlsOptions server) {
    return Async.of(
        a -> {
          Task<TlsStream> accepting = Asyncio.createTask(TlsStream.server(server, pair.second()));
          Task<TlsStream> connecting = Asyncio.createTask(TlsStream.client(client, pair.first(), "localhost"));
          a.await(Asyncio.gatherOutcomes(java.util.List.of(accepting, connecting)));
          return new Ends(connecting.result(), accepting.result());
        });
  }

  private Async<Ends> connect(String... versions) {
    return connect(
        ByteStream.pair(), certificates.clientOptions().withVersions(versions),
        certificates.serverOptions().withVersions(versions));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void bothWays_largeAndSmall(String version) {
    run(
        a -> {
          Ends ends = a.await(connect(version));
          assertThat(ends.client().session().getProtocol()).isEqualTo(version);
          assertThat(ends.client().peerName()).isEqualTo("CN=localhost");
          assertThat(ends.client().applicationProtocol()).isNull();
          byte[] big = new byte[1_000_000];
          Arrays.fill(big, (byte) 7);
          ends.client().write(big);
          assertThat(a.await(ends.server().readExactly(big.length))).isEqualTo(big);
          a.await(ends.client().drain());
          for (int i = 0; i < 100; i++) {
            ends.server().write("line " + i + "\n");
          }
          for (int i = 0; i < 100; i++) {
            assertThat(a.await(ends.client().readLine())).isEqualTo("line " + i);
          }
          ends.client().close();
          assertThat(a.await(ends.server().readLine())).isNull();
          ends.server().close();
          a.await(ends.server().closed());
          return null;
        });
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 100})
  void smallPieces_nothingIsLost(int capacity) {
    run(
        a -> {
          Ends ends = a
              .await(connect(ByteStream.pair(capacity), certificates.clientOptions(), certificates.serverOptions()));
          ends.client().write("x".repeat(2000) + "\n");
          ends.client().close();
          assertThat(a.await(ends.server().readLine())).hasSize(2000);
          assertThat(a.await(ends.server().readLine())).isNull();
          return null;
        });
  }

  @Test
  void writeEof_halfClose_theAnswerCanStillCome() {
    run(
        a -> {
          Ends ends = a.await(connect("TLSv1.3"));
          ends.client().write("all of it");
          ends.client().writeEof();
          assertThat(a.await(ends.server().readAll(100))).asString(StandardCharsets.UTF_8).isEqualTo("all of it");
          ends.server().write("the answer\n");
          assertThat(a.await(ends.client().readLine())).isEqualTo("the answer");
          assertThatThrownBy(() -> ends.client().write("more")).isInstanceOf(IOException.class);
          return null;
        });
  }

  @Test
  void writeEof_beforeTls13_isRefused() {
    run(
        a -> {
          Ends ends = a.await(connect("TLSv1.2"));
          assertThatThrownBy(() -> ends.client().writeEof()).isInstanceOf(IOException.class).hasMessageContaining("TLS 1.3");
          ends.client().write("still open\n");
          assertThat(a.await(ends.server().readLine())).isEqualTo("still open");
          return null;
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void connectionCut_withoutCloseNotify_isAnError(String version) {
    run(
        a -> {
          ByteStream.Endpoints outside = ByteStream.pair();
          ByteStream.Endpoints inside = ByteStream.pair();
          Task<@Nullable Void> wire = Asyncio.createTask(cutAfter(outside.second(), inside.first(), 3));
          Task<@Nullable Void> back = Asyncio.createTask(cutAfter(inside.first(), outside.second(), Integer.MAX_VALUE));
          Ends ends = a.await(
              connect(
                  new ByteStream.Endpoints(outside.first(), inside.second()),
                  certificates.clientOptions().withVersions(version),
                  certificates.serverOptions().withVersions(version)));
          ends.client().write("whole\nhal");
          assertThat(a.await(ends.server().readLine())).isEqualTo("whole");
          wire.cancel();
          inside.first().writeEof();
          try {
            a.await(ends.server().readLine());
          } catch (TlsTruncatedException e) {
            log.add("truncated");
          }
          back.cancel();
          return null;
        });
    assertThat(log).containsExactly("truncated");
  }

  /** Passes on what comes. */
  private static Async<@Nullable Void> cutAfter(ByteStream from, ByteStream to, int ignored) {
    return Async.action(
        a -> {
          for (byte[] some = a.await(from.read(1000)); some.length > 0; some = a.await(from.read(1000))) {
            to.write(some);
            a.await(to.drain());
          }
        });
  }

  private <T extends @Nullable Object> void fails(Awaitable<T> what, Class<? extends Throwable> type, String... words) {
    run(
        a -> {
          try {
            a.await(what);
          } catch (Exception e) {
            assertThat(e).isInstanceOf(type);
            assertThat(e.getMessage()).contains(words);
            log.add("failed");
          }
          return null;
        });
    assertThat(log).containsExactly("failed");
  }

  @Test
  void wrongHostName_isRefused_unlessNotVerified() {
    fails(
        async(a -> a
            .await(connect(ByteStream.pair(), certificates.clientOptions(), certificates.options(certificates.other)))),
        SSLHandshakeException.class, "localhost");
    run(
        a -> {
          Ends ends = a.await(
              connect(
                  ByteStream.pair(), certificates.clientOptions().withoutHostVerification(),
                  certificates.options(certificates.other)));
          assertThat(ends.client().peerName()).isEqualTo("CN=other.test");
          return null;
        });
  }

  @Test
  void untrustedCertificate_isRefused_andThePeerIsTold() {
    run(
        a -> {
          TlsOptions suspicious = TlsOptions.ofTrustStore(certificates.trustsOther, TestCertificates.PASSWORD);
          ByteStream.Endpoints pair = ByteStream.pair();
          Task<TlsStream> server = Asyncio.createTask(TlsStream.server(certificates.serverOptions(), pair.second()));
          try {
            a.await(TlsStream.client(suspicious, pair.first(), "localhost"));
          } catch (SSLHandshakeException e) {
            log.add(e.getMessage());
          }
          a.await(ended(server));
          assertThat(server.exception()).isInstanceOf(SSLException.class).hasMessageContaining("certificate_unknown");
          assertThat(pair.first().isClosed()).isTrue();
          return null;
        });
    assertThat(log).hasSize(1);
    assertThat(log.getFirst()).contains("handshake with localhost has failed");
  }

  @Test
  void clientCertificate_requiredAndShown() {
    run(
        a -> {
          Ends ends = a.await(
              connect(
                  ByteStream.pair(), certificates.options(certificates.client),
                  certificates.serverOptions().withClientCertificates(ClientCertificates.REQUIRED)));
          assertThat(ends.server().peerName()).isEqualTo("CN=client");
          return null;
        });
  }

  @Test
  void clientCertificate_requiredAndMissing_isRefused() {
    for (String version : new String[]{"TLSv1.3", "TLSv1.2"}) {
      run(
          a -> {
            ByteStream.Endpoints pair = ByteStream.pair();
            Task<TlsStream> server = Asyncio.createTask(
                TlsStream.server(
                    certificates.serverOptions().withClientCertificates(ClientCertificates.REQUIRED).withVersions(version),
                    pair.second()));
            Task<@Nullable String> client = Asyncio.createTask(
                async(b -> b
                    .await(b.await(TlsStream.client(certificates.clientOptions(), pair.first(), "localhost")).readLine())));
            a.await(ended(client));
            a.await(ended(server));
            assertThat(server.exception()).isInstanceOf(SSLException.class);
            assertThat(client.exception()).isInstanceOf(SSLException.class);
            return null;
          });
    }
  }

  @Test
  void applicationProtocol_theServersPreference() {
    run(
        a -> {
          Ends ends = a.await(
              connect(
                  ByteStream.pair(), certificates.clientOptions().withApplicationProtocols("http/1.1", "h2"),
                  certificates.serverOptions().withApplicationProtocols("h2", "http/1.1")));
          assertThat(ends.client().applicationProtocol()).isEqualTo("h2");
          assertThat(ends.server().applicationProtocol()).isEqualTo("h2");
          return null;
        });
  }

  @Test
  void serverName_choosesTheCertificate() {
    for (String name : new String[]{"first.test", "second.test"}) {
      run(
          a -> {
            ByteStream.Endpoints pair = ByteStream.pair();
            Task<TlsStream> server = Asyncio
                .createTask(TlsStream.server(certificates.options(certificates.both), pair.second()));
            TlsStream client = a.await(TlsStream.client(certificates.clientOptions(), pair.first(), name));
            assertThat(client.peerName()).isEqualTo("CN=" + name);
            a.await(server);
            return null;
          });
    }
  }

  @Test
  void upgrade_afterPlainText_earlyRecordsAreKept_thePlainStreamIsOver() {
    run(
        a -> {
          ByteStream.Endpoints pair = ByteStream.pair();
          Task<@Nullable String> server = Asyncio.createTask(
              async(
                  b -> {
                    assertThat(b.await(pair.second().readLine())).isEqualTo("STARTTLS");
                    b.await(Asyncio.sleep(Duration.ofSeconds(1))); // the client's first record is here already
                    TlsStream secure = b.await(TlsStream.server(certificates.serverOptions(), pair.second()));
                    return b.await(secure.readLine());
                  }));
          pair.first().write("STARTTLS\n");
          TlsStream client = a.await(TlsStream.client(certificates.clientOptions(), pair.first(), "localhost"));
          client.write("secret\n");
          assertThat(a.await(server)).isEqualTo("secret");
          assertThatThrownBy(() -> pair.first().write("plain")).isInstanceOf(IOException.class)
              .hasMessageContaining("upgraded");
          pair.first().close();
          assertThat(client.isClosed()).isTrue();
          return null;
        });
  }

  @Test
  void noTls_garbageOrSilence_areTypedErrors() {
    fails(
        async(
            a -> {
              ByteStream.Endpoints pair = ByteStream.pair();
              pair.first().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
              return a.await(TlsStream.server(certificates.serverOptions(), pair.second()));
            }),
        SSLException.class, "handshake with memory:first has failed");
    log.clear();
    fails(
        async(a -> a.await(TlsStream.server(certificates.serverOptions(), ByteStream.pair().second()))),
        SocketTimeoutException.class, "not complete after 10 s");
    log.clear();
    fails(
        async(
            a -> {
              ByteStream.Endpoints pair = ByteStream.pair();
              pair.first().close();
              return a.await(TlsStream.server(certificates.serverOptions(), pair.second()));
            }),
        EOFException.class, "during the TLS handshake");
  }

  @Test
  void corruptedRecord_isAnError() {
    run(
        a -> {
          ByteStream.Endpoints outside = ByteStream.pair();
          ByteStream.Endpoints inside = ByteStream.pair();
          boolean[] corrupt = {false};
          Asyncio.createTask(
              Async.action(
                  b -> {
                    for (byte[] some = b.await(outside.second().read(1000)); some.length > 0; some = b
                        .await(outside.second().read(1000))) {
                      if (corrupt[0]) {
                        some[some.length - 1] ^= 1;
                      }
                      inside.first().write(some);
                    }
                  }));
          Asyncio.createTask(cutAfter(inside.first(), outside.second(), 0)).cancel("replaced below");
          Asyncio.createTask(
              Async.action(
                  b -> {
                    while (true) {
                      outside.second().write(b.await(inside.first().read(1000)));
                    }
                  }));
          Ends ends = a.await(
              connect(new ByteStream.Endpoints(outside.first(), inside.second()), certificates.clientOptions(),
                  certificates.serverOptions()));
          corrupt[0] = true;
          ends.client().write("tampered\n");
          try {
            a.await(ends.server().readLine());
          } catch (SSLException e) {
            log.add("tampering found");
          }
          return null;
        });
    assertThat(log).containsExactly("tampering found");
  }

  @Test
  void cancelledHandshake_closesTheStreamBelow() {
    run(
        a -> {
          ByteStream.Endpoints pair = ByteStream.pair();
          Task<TlsStream> server = Asyncio.createTask(TlsStream.server(certificates.serverOptions(), pair.second()));
          a.await(Asyncio.sleep(Duration.ofSeconds(1)));
          server.cancel();
          a.await(ended(server));
          assertThat(server.isCancelled()).isTrue();
          assertThat(pair.second().isClosed()).isTrue();
          return null;
        });
  }

  @Test
  void options_checkTheirValues() {
    assertThatThrownBy(() -> TlsOptions.defaults().withHandshakeTimeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TlsOptions.defaults().withVersions()).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TlsOptions.defaults().withApplicationProtocols(" "))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TlsOptions.ofKeyStore(certificates.server, "wrong".toCharArray()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("server.p12", "password");
  }
}
