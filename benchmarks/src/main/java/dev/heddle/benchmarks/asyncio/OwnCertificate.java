package dev.heddle.benchmarks.asyncio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate for localhost, made by the JDK's keytool. */
final class OwnCertificate {
  private static final String PASSWORD = "benchmark";

  private OwnCertificate() {}

  /** Makes a certificate, and returns a context for servers that present it and for clients that trust it. */
  static SSLContext context() throws IOException, GeneralSecurityException, InterruptedException {
    Path folder = Files.createTempDirectory("heddle-bench");
    Path store = folder.resolve("keys.p12");
    Path log = folder.resolve("log");
    try {
      Process keytool = new ProcessBuilder(
          Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "server",
          "-keyalg",
          "EC", "-groupname", "secp256r1", "-dname", "CN=localhost", "-ext", "SAN=dns:localhost,ip:127.0.0.1", "-validity",
          "2", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD)
          .redirectErrorStream(true).redirectOutput(log.toFile()).start();
      if (keytool.waitFor() != 0) {
        throw new IOException("keytool failed: " + Files.readString(log));
      }
      return context(KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()));
    } finally {
      for (Path each : List.of(store, log, folder)) {
        Files.deleteIfExists(each);
      }
    }
  }

  private static SSLContext context(KeyStore keys) throws IOException, GeneralSecurityException {
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD.toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    for (String alias : Collections.list(keys.aliases())) {
      trusted.setCertificateEntry(alias, keys.getCertificate(alias));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
