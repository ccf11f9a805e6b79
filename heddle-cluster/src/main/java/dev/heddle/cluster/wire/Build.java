package dev.heddle.cluster.wire;

import dev.heddle.codec.TaskDecoder;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Digests of what must be the same on all members, or better is. Stateless. */
public final class Build {
  private static final int SHOWN = 16;
  private static final List<Class<?>> PROTOCOL = List.of(Request.class, CallOutcome.class, Description.class,
      TaskDecoder.class);

  private static final String HEDDLE = digestOfProtocol();

  private Build() {}

  /** Returns a digest of the classes that define the messages; members with another do not understand each other. */
  public static String heddle() {
    return HEDDLE;
  }

  private static String digestOfProtocol() {
    MessageDigest digest = sha256();
    for (Class<?> each : PROTOCOL) {
      String file = each.getName().substring(each.getPackageName().length() + 1) + ".class";
      try (InputStream in = each.getResourceAsStream(file)) {
        digest.update(in == null ? new byte[0] : in.readAllBytes());
      } catch (IOException e) {
        return "unknown"; // an archive that is being replaced: the digest differs from the others', which is told
      }
    }
    return text(digest);
  }

  /** Returns a digest of the class path: names and lengths of the jars. */
  public static String classPath() {
    MessageDigest digest = sha256();
    String all = System.getProperty("java.class.path", "") + File.pathSeparator + System.getProperty("jdk.module.path", "");
    for (String each : all.split(File.pathSeparator)) {
      File file = new File(each);
      if (file.isFile()) {
        digest.update((file.getName() + ":" + file.length() + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return text(digest);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static String text(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest()).substring(0, SHOWN);
  }
}
