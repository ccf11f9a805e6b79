package dev.heddle.asyncio;

import dev.heddle.asyncio.io.tls.TlsContexts;
import dev.heddle.base.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The options of TLS connections. Immutable.
 *
 * @param context has the keys and the certificates that are trusted; null is the JDK's default, which trusts the usual
 *     authorities and has no keys
 * @param applicationProtocols the protocols to offer or accept by ALPN, the preferred first; empty does not negotiate
 * @param verifyHost for clients: whether the server's certificate must be for the host name that is connected to. Without
 *     that check any server with a certificate of a trusted authority can pose as the host
 * @param clientCertificates for servers: whether clients are asked for a certificate
 * @param versions the versions of the protocol
 * @param handshakeTimeout how long the handshake may take, by the loop's clock
 */
public record TlsOptions(
    @Nullable SSLContext context,
    List<String> applicationProtocols,
    boolean verifyHost,
    ClientCertificates clientCertificates,
    List<String> versions,
    Duration handshakeTimeout) {
  /** The request of a server for a certificate of its clients. */
  public enum ClientCertificates {
    /** Clients are not asked. */
    NONE,
    /** Clients are asked, and may have none; one that is not trusted is refused. */
    WANTED,
    /** Without a trusted certificate the handshake fails. */
    REQUIRED
  }

  private static final TlsOptions DEFAULTS = new TlsOptions(null, List.of(), true, ClientCertificates.NONE,
      List.of("TLSv1.3", "TLSv1.2"), Duration.ofSeconds(10));

  /** Checks the values. */
  public TlsOptions {
    applicationProtocols = Check.copy(applicationProtocols, "applicationProtocols");
    for (int i = 0; i < applicationProtocols.size(); i++) {
      Check.notBlank(applicationProtocols.get(i), "applicationProtocols[" + i + "]", "such as \"h2\"");
    }
    Check.notNull(clientCertificates, "clientCertificates");
    versions = Check.copy(versions, "versions");
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("versions must not be empty; TLSv1.3 and TLSv1.2 are usual");
    }
    Check.positive(handshakeTimeout, "handshakeTimeout", "10 s is usual");
  }

  /**
   * Returns options with the JDK's default context, TLS 1.3 and 1.2, the check of host names, and 10 s for the handshake.
   */
  public static TlsOptions defaults() {
    return DEFAULTS;
  }

  /** Returns the default options with a context. */
  public static TlsOptions of(SSLContext context) {
    return DEFAULTS.withContext(context);
  }

  /**
   * Returns options with the key and certificate of a key store (PKCS12 or JKS), as a server needs, or a client that
   * identifies itself. A server with several certificates uses the one for the name that its client asks for (SNI). Reads
   * the file, so it blocks.
   *
   * @throws IOException if the file cannot be read, or the password does not open it
   */
  public static TlsOptions ofKeyStore(Path keys, char[] password) throws IOException {
    return of(TlsContexts.of(Check.notNull(keys, "keys"), null, password));
  }

  /** Returns options that trust the certificates of a key store and no others. Reads the file, so it blocks. */
  public static TlsOptions ofTrustStore(Path trusted, char[] password) throws IOException {
    return of(TlsContexts.of(null, Check.notNull(trusted, "trusted"), password));
  }

  /** Returns options with the key of one store that trust the certificates of another. Reads the files, so it blocks. */
  public static TlsOptions ofStores(Path keys, Path trusted, char[] password) throws IOException {
    return of(TlsContexts.of(Check.notNull(keys, "keys"), Check.notNull(trusted, "trusted"), password));
  }

  /** Returns these options with another context. */
  public TlsOptions withContext(SSLContext context) {
    return new TlsOptions(Check.notNull(context, "context"), applicationProtocols, verifyHost, clientCertificates, versions,
        handshakeTimeout);
  }

  /** Returns these options with other application protocols, the preferred first. */
  public TlsOptions withApplicationProtocols(String... protocols) {
    return new TlsOptions(context, List.of(protocols), verifyHost, clientCertificates, versions, handshakeTimeout);
  }

  /**
   * Returns these options without the check that the server's certificate is for its host name. For tests and pinned keys.
   */
  public TlsOptions withoutHostVerification() {
    return new TlsOptions(context, applicationProtocols, false, clientCertificates, versions, handshakeTimeout);
  }

  /** Returns these options with another treatment of client certificates. */
  public TlsOptions withClientCertificates(ClientCertificates clientCertificates) {
    return new TlsOptions(context, applicationProtocols, verifyHost, clientCertificates, versions, handshakeTimeout);
  }

  /** Returns these options with other versions of the protocol, by the JDK's names such as {@code TLSv1.3}. */
  public TlsOptions withVersions(String... versions) {
    return new TlsOptions(context, applicationProtocols, verifyHost, clientCertificates, List.of(versions),
        handshakeTimeout);
  }

  /** Returns these options with another limit on the handshake. */
  public TlsOptions withHandshakeTimeout(Duration handshakeTimeout) {
    return new TlsOptions(context, applicationProtocols, verifyHost, clientCertificates, versions, handshakeTimeout);
  }
}
