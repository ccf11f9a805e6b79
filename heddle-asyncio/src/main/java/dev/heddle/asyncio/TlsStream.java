package dev.heddle.asyncio;

import dev.heddle.asyncio.io.tls.TlsConnection;
import dev.heddle.asyncio.io.tls.TlsHandshakes;
import java.io.IOException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A TLS connection over another stream of bytes, such as TCP or, for tests in virtual time, a pair in memory.
 *
 * <pre>{@code
 * try (TlsStream stream = a.await(TlsStream.connect("example.org", 443))) {
 *   stream.write("hello\n");
 *   String echo = a.await(stream.readLine());
 * }
 * }</pre>
 *
 * <p>The handshake is complete when the coroutine that makes the stream has ended; its expensive parts run on other threads.
 * A client checks that the server's certificate is trusted and is for the host's name. A connection that ends without
 * close_notify throws a {@link TlsTruncatedException} to its reader. {@link #writeEof} needs TLS 1.3; before, both
 * directions end together. Keys are updated as the peer asks; renegotiation, which TLS 1.3 has abolished, is refused.
 *
 * <p>Confined to the loop's thread. Origin: {@code open_connection(…, ssl=)} and {@code start_tls} of Python's {@code
 * asyncio}.
 */
public sealed interface TlsStream extends ByteStream permits TlsConnection {
  /**
   * Connects to a host with the default options; see {@link TcpStream#connect}.
   *
   * @return throws an {@link javax.net.ssl.SSLException} if the server cannot be trusted or does not speak TLS
   */
  static Async<TlsStream> connect(String host, int port) {
    return TlsHandshakes.connect(TlsOptions.defaults(), host, port);
  }

  /** Connects to a host; see {@link #connect(String, int)}. */
  static Async<TlsStream> connect(TlsOptions options, String host, int port) {
    return TlsHandshakes.connect(options, host, port);
  }

  /**
   * Upgrades a stream to TLS, as the client. The plain stream cannot be used any more; closing it closes the TLS stream.
   *
   * @param host the name that the server's certificate must have, and that is sent to the server (SNI)
   */
  static Async<TlsStream> client(TlsOptions options, ByteStream plain, String host) {
    return TlsHandshakes.client(options, plain, host, -1);
  }

  /**
   * Upgrades a stream to TLS, as the server. The plain stream cannot be used any more; closing it closes the TLS stream.
   *
   * @param options with a context that has a key and a certificate
   */
  static Async<TlsStream> server(TlsOptions options, ByteStream plain) {
    return TlsHandshakes.server(options, plain);
  }

  /** Returns the session: protocol, cipher suite and certificates. */
  SSLSession session();

  /** Returns the protocol that was agreed on by ALPN; null if there is none. */
  @Nullable
  String applicationProtocol();

  /**
   * Returns the name in the peer's certificate.
   *
   * @throws SSLPeerUnverifiedException if the peer has shown no certificate
   */
  default String peerName() throws IOException {
    return session().getPeerPrincipal().getName();
  }
}
