package dev.heddle.asyncio;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Self-signed certificates for tests, made by the JDK's keytool once for each run of the tests. */
final class TestCertificates {
  static final char[] PASSWORD = "test-password".toCharArray();

  private static @Nullable TestCertificates made;

  private final Path folder;
  /** For localhost and 127.0.0.1. */
  final Path server;
  /** For other.test. */
  final Path other;
  /** Of a client named "client". */
  final Path client;
  /** Certificates for two names, first.test and second.test. */
  final Path both;
  /** Trusts all of the above. */
  final Path trusted;
  /** Trusts only other.test. */
  final Path trustsOther;

  private TestCertificates() throws IOException, GeneralSecurityException, InterruptedException {
    folder = Files.createTempDirectory("heddle-tls");
    server = generate("server.p12", "server", "CN=localhost", "dns:localhost,ip:127.0.0.1");
    other = generate("other.p12", "other", "CN=other.test", "dns:other.test");
    client = generate("client.p12", "client", "CN=client", "dns:client.test");
    generate("both.p12", "first", "CN=first.test", "dns:first.test");
    both = generate("both.p12", "second", "CN=second.test", "dns:second.test");
    trusted = trust("trusted.p12", List.of(server, other, client, both));
    trustsOther = trust("trusts-other.p12", List.of(other));
  }

  static synchronized TestCertificates get() {
    try {
      TestCertificates known = made;
      if (known == null) {
        known = new TestCertificates();
        made = known;
        Runtime.getRuntime().addShutdownHook(new Thread(known::delete));
      }
      return known;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("the certificates of the tests cannot be made", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while keytool was running", e);
    }
  }

  private Path generate(String file, String alias, String name, String alternatives)
      throws IOException, InterruptedException {
    Path store = folder.resolve(file);
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Path output = folder.resolve(file + "." + alias + ".log");
    Process process = new ProcessBuilder(
        keytool.toString(), "-J-XX:TieredStopAtLevel=1", "-genkeypair", "-alias", alias, "-keyalg", "EC", "-groupname",
        "secp256r1",
        "-dname", name, "-ext", "SAN=" + alternatives, "-validity", "2", "-storetype", "PKCS12", "-keystore",
        store.toString(),
        "-storepass", new String(PASSWORD)).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("keytool failed: " + Files.readString(output));
    }
    return store;
  }

  private Path trust(String file, List<Path> stores) throws IOException, GeneralSecurityException {
    KeyStore all = KeyStore.getInstance("PKCS12");
    all.load(null, PASSWORD);
    for (Path each : stores) {
      KeyStore keys = KeyStore.getInstance(each.toFile(), PASSWORD);
      for (String alias : java.util.Collections.list(keys.aliases())) {
        all.setCertificateEntry(alias, keys.getCertificate(alias));
      }
    }
    Path store = folder.resolve(file);
    try (OutputStream out = Files.newOutputStream(store)) {
      all.store(out, PASSWORD);
    }
    return store;
  }

  /** Writes a key store's certificate, and its key if wanted, as PEM, as other programs read them. */
  Path pem(Path keys, String alias, boolean withKey) {
    try {
      KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD);
      Certificate certificate = store.getCertificate(alias);
      String text = pem("CERTIFICATE", certificate.getEncoded());
      if (withKey) {
        text += pem("PRIVATE KEY", store.getKey(alias, PASSWORD).getEncoded());
      }
      return Files.writeString(folder.resolve(alias + (withKey ? "-key.pem" : ".pem")), text);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String kind, byte[] content) {
    return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(content)
        + "\n-----END "
        + kind + "-----\n";
  }

  /** The context of a server, for the JDK's own sockets. */
  SSLContext serverContext() {
    return Objects.requireNonNull(serverOptions().context());
  }

  /** The context of a client, for the JDK's own sockets. */
  SSLContext clientContext() {
    return Objects.requireNonNull(clientOptions().context());
  }

  TlsOptions serverOptions() {
    return options(server);
  }

  /** Options with the keys of a store, which trust all certificates of the tests. */
  TlsOptions options(Path keys) {
    try {
      return TlsOptions.ofStores(keys, trusted, PASSWORD);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Options of a client, which trusts all certificates of the tests. */
  TlsOptions clientOptions() {
    try {
      return TlsOptions.ofTrustStore(trusted, PASSWORD);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void delete() {
    try (var files = Files.list(folder)) {
      for (Path each : files.toList()) {
        Files.deleteIfExists(each);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      System.err.println("the certificates of the tests cannot be deleted: " + e);
    }
  }
}
