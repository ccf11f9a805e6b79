package dev.heddle.asyncio.io.tls;

import dev.heddle.base.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes contexts of key stores. */
public final class TlsContexts {
  private TlsContexts() {}

  /**
   * A context with the keys of one store that trusts the certificates of another; null stands for none and the JDK's
   * default.
   */
  public static SSLContext of(@Nullable Path keys, @Nullable Path trusted, char[] password) throws IOException {
    Check.notNull(password, "password");
    try {
      KeyManager @Nullable [] keyManagers = null;
      if (keys != null) {
        // PKIX chooses among several certificates by the name that the client asks for, which SunX509 does not
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(load(keys, password), password);
        keyManagers = factory.getKeyManagers();
      }
      TrustManager @Nullable [] trustManagers = null;
      if (trusted != null) {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(load(trusted, password));
        trustManagers = factory.getTrustManagers();
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers, trustManagers, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("no TLS context can be made of " + (keys == null ? trusted : keys) + ": " + e.getMessage(), e);
    }
  }

  private static KeyStore load(Path file, char[] password) throws IOException, GeneralSecurityException {
    try {
      return KeyStore.getInstance(file.toFile(), password);
    } catch (IOException e) {
      throw new IOException("the key store " + file + " cannot be read, or its password is another one: " + e, e);
    }
  }
}
