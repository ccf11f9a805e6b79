package dev.heddle.cluster;

import dev.heddle.base.Check;
import dev.heddle.base.files.PrivateFiles;
import dev.heddle.base.files.SafePlace;
import dev.heddle.base.files.UntrustedFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Set;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The secret that all members and drivers of a cluster share; the keys that seal their messages are derived from it. A
 * program that knows it can run code on every member. Immutable; its text never shows it.
 */
public final class ClusterSecret {
  private static final int LEAST_BYTES = 16;
  private static final int MOST_BYTES = 1 << 16;
  private static final int RANDOM_BYTES = 32;
  private static final String REMEDY = "make one by: (umask 077; head -c 32 /dev/urandom | base64 > secret)";
  private static final byte[] SALT = "heddle-cluster-1".getBytes(StandardCharsets.UTF_8);

  private final byte[] bytes;
  private final boolean insecure;

  private ClusterSecret(byte[] bytes, boolean insecure) {
    this.bytes = bytes;
    this.insecure = insecure;
  }

  /** A secret of at least 16 bytes, of which 32 random ones are recommended: short ones can be guessed from recorded messages. */
  public static ClusterSecret of(byte[] secret) {
    int length = Check.notNull(secret, "secret").length;
    if (length < LEAST_BYTES || length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "secret must have " + LEAST_BYTES + " to " + MOST_BYTES + " bytes, but had " + length + "; " + REMEDY);
    }
    return new ClusterSecret(secret.clone(), false);
  }

  /**
   * Reads a secret from a file, without white space at its end. The file must belong to this user, and no other user may read
   * or write it, nor exchange it.
   *
   * @throws IOException an {@link UntrustedFileException} if others may, or any other if it cannot be read
   */
  public static ClusterSecret ofFile(Path file) throws IOException {
    PrivateFiles.check(Check.notNull(file, "file"), PrivateFiles.Type.FILE);
    SafePlace.checkFolderOf(file);
    byte[] content;
    try (InputStream in = Channels.newInputStream(PrivateFiles.open(file, StandardOpenOption.READ))) {
      content = in.readNBytes(MOST_BYTES + 1);
    }
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (permissions.contains(PosixFilePermission.GROUP_READ) || permissions.contains(PosixFilePermission.OTHERS_READ)) {
        throw new UntrustedFileException(file, "can be read by other users",
            "make a new secret, with mode 0600: chmod 600 FILE");
      }
    }
    int end = content.length;
    while (end > 0 && Character.isWhitespace(content[end - 1])) {
      end--;
    }
    byte[] secret = new byte[end];
    System.arraycopy(content, 0, secret, 0, end);
    try {
      return of(secret);
    } catch (IllegalArgumentException e) {
      throw new IOException("the secret in " + file + " is not usable: " + e.getMessage(), e);
    }
  }

  /** A new random secret, for a cluster within one program. */
  public static ClusterSecret random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new ClusterSecret(bytes, false);
  }

  /**
   * No secret: every program on this machine, of any user, can run code in this one. Accepted only by members that listen on a
   * loopback address.
   */
  public static ClusterSecret insecureLoopback() {
    return new ClusterSecret("insecure, and known to all".getBytes(StandardCharsets.UTF_8), true);
  }

  /** Whether it is {@link #insecureLoopback}. */
  public boolean isInsecure() {
    return insecure;
  }

  /**
   * Derives a key for AES-256 (HKDF with SHA-256).
   *
   * @param purpose what the key is for, and for whom; each has a key of its own
   */
  public SecretKey derive(byte[] purpose) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey("AES", HKDFParameterSpec.ofExtract().addIKM(bytes).addSalt(SALT).thenExpand(purpose, RANDOM_BYTES));
    } catch (GeneralSecurityException e) {
      throw new ClusterSecurityException("this JVM has no HKDF-SHA256: " + e + "; use a JDK 25 with the provider SunJCE", e);
    }
  }

  /** Says what it is, not what is in it. */
  @Override
  public String toString() {
    return insecure ? "no secret (insecure, loopback only)" : "a secret of " + bytes.length + " bytes";
  }
}
