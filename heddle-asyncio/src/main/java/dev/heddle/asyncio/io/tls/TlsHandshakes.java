package dev.heddle.asyncio.io.tls;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.AsyncTimeoutException;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.ByteStream;
import dev.heddle.asyncio.TcpStream;
import dev.heddle.asyncio.TlsOptions;
import dev.heddle.asyncio.TlsStream;
import dev.heddle.asyncio.io.LoopStream;
import dev.heddle.asyncio.task.OwnLookup;
import dev.heddle.base.Check;
import dev.heddle.base.Describe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Makes TLS connections: the engine's settings, and the handshake. */
public final class TlsHandshakes {
  private TlsHandshakes() {}

  /** Makes the engine of one side. */
  @FunctionalInterface
  private interface Engines {
    SSLEngine of(SSLContext context);
  }

  /** See {@link TlsStream#connect(TlsOptions, String, int)}. */
  public static Async<TlsStream> connect(TlsOptions options, String host, int port) {
    Check.notNull(options, "options");
    Async<TcpStream> connecting = TcpStream.connect(host, port);
    Engines engines = context -> client(options, context, host, port);
    return Async.of(
        OwnLookup.HERE,
        a -> {
          TcpStream plain = a.await(connecting);
          try {
            return a.await(upgrade(options, plain, engines, host));
          } catch (Throwable t) {
            plain.close();
            throw t;
          }
        });
  }

  /** See {@link TlsStream#client}. */
  public static Async<TlsStream> client(TlsOptions options, ByteStream plain, String host, int port) {
    Check.notNull(options, "options");
    Check.notBlank(host, "host", "it is the name that the server's certificate must have");
    return upgrade(options, Check.notNull(plain, "plain"), context -> client(options, context, host, port), host);
  }

  /** See {@link TlsStream#server}. */
  public static Async<TlsStream> server(TlsOptions options, ByteStream plain) {
    Check.notNull(options, "options");
    return upgrade(options, Check.notNull(plain, "plain"), context -> server(options, context), null);
  }

  private static SSLEngine client(TlsOptions options, SSLContext context, String host, int port) {
    SSLEngine engine = context.createSSLEngine(host, port);
    engine.setUseClientMode(true);
    SSLParameters parameters = common(options, engine);
    if (options.verifyHost()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    if (!isAddress(host)) {
      parameters.setServerNames(List.of(new SNIHostName(host.endsWith(".") ? host.substring(0, host.length() - 1) : host)));
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  private static boolean isAddress(String host) {
    try {
      InetAddress.ofLiteral(host);
      return true;
    } catch (IllegalArgumentException e) {
      return false; // a name
    }
  }

  private static SSLEngine server(TlsOptions options, SSLContext context) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = common(options, engine);
    switch (options.clientCertificates()) {
      case NONE -> parameters.setNeedClientAuth(false);
      case WANTED -> parameters.setWantClientAuth(true);
      case REQUIRED -> parameters.setNeedClientAuth(true);
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  private static SSLParameters common(TlsOptions options, SSLEngine engine) {
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(options.versions().toArray(String[]::new));
    parameters.setApplicationProtocols(options.applicationProtocols().toArray(String[]::new));
    return parameters;
  }

  private static SSLContext context(TlsOptions options) throws IOException {
    SSLContext given = options.context();
    try {
      return given == null ? SSLContext.getDefault() : given;
    } catch (GeneralSecurityException e) {
      throw new IOException("the JDK's default TLS context cannot be made: " + e.getMessage(), e);
    }
  }

  private static Async<TlsStream> upgrade(TlsOptions options, ByteStream plain, Engines engines, @Nullable String peer) {
    LoopStream lower = (LoopStream) plain;
    return Async.of(
        OwnLookup.HERE,
        a -> {
          // reading the trusted certificates takes long the first time
          SSLContext context = options.context() == null
              ? a.await(Asyncio.toThread(() -> context(options)))
              : context(options);
          SSLEngine engine = engines.of(context);
          a.await(lower.flushed());
          TlsConnection stream = lower
              .upgrade((host, transport, early) -> TlsConnection.over(host, transport, engine, early));
          String what = "the TLS handshake with " + (peer == null ? stream.remoteAddress() : peer);
          try {
            a.await(Asyncio.timeout(options.handshakeTimeout(), stream.handshake()));
            return stream;
          } catch (SSLException e) {
            stream.close(); // sends the alert
            throw named(e, what);
          } catch (AsyncTimeoutException e) {
            stream.abort();
            throw late(what, options, e);
          } catch (Throwable t) {
            stream.abort();
            throw t;
          }
        });
  }

  private static SSLException named(SSLException e, String what) {
    SSLException named = new SSLHandshakeException(what + " has failed: " + e.getMessage());
    named.initCause(e);
    return named;
  }

  private static IOException late(String what, TlsOptions options, AsyncTimeoutException e) {
    IOException named = new SocketTimeoutException(
        what + " was not complete after " + Describe.duration(options.handshakeTimeout())
            + "; raise TlsOptions.handshakeTimeout if the peer is slow");
    named.initCause(e);
    return named;
  }
}
