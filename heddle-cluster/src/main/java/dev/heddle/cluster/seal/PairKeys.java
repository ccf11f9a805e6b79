package dev.heddle.cluster.seal;

import dev.heddle.cluster.ClusterSecret;
import dev.heddle.cluster.ClusterSecurityException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The keys of one session: calls of one member to another, and their answers. They are derived from the cluster's secret, its
 * name, both members, and a random number of each side, so no message of another session, pair or direction can be opened. The
 * nonce is the call's number, which is used once in each direction. Thread-safe.
 */
final class PairKeys {
  static final int RANDOM = 32;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  /** Kept by threads that seal often, since looking for the provider takes longer than to seal a small message. */
  private static final ThreadLocal<Cipher> CIPHER = ThreadLocal.withInitial(PairKeys::newCipher);

  private final SecretKey calls;
  private final SecretKey answers;
  private final AtomicLong numbers = new AtomicLong();
  private final ReplayWindow window = new ReplayWindow();

  /**
   * Derives the keys.
   *
   * @param caller the member that calls
   * @param callee the member that answers
   */
  PairKeys(ClusterSecret secret, String cluster, UUID caller, UUID callee, byte[] callersRandom, byte[] calleesRandom) {
    calls = secret.derive(purpose((byte) 1, cluster, caller, callee, callersRandom, calleesRandom));
    answers = secret.derive(purpose((byte) 2, cluster, caller, callee, callersRandom, calleesRandom));
  }

  private static byte[] purpose(byte direction, String cluster, UUID caller, UUID callee, byte[] one, byte[] other) {
    byte[] name = cluster.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + Integer.BYTES + name.length + 4 * Long.BYTES + one.length + other.length)
        .put(direction)
        .putInt(name.length)
        .put(name)
        .putLong(caller.getMostSignificantBits())
        .putLong(caller.getLeastSignificantBits())
        .putLong(callee.getMostSignificantBits())
        .putLong(callee.getLeastSignificantBits())
        .put(one)
        .put(other)
        .array();
  }

  /** Returns a number for the next call. */
  long next() {
    return numbers.incrementAndGet();
  }

  /** Returns whether an authentic call of that number has not come before. */
  boolean isNew(long number) {
    return window.accept(number);
  }

  /** Returns the frame: the header, and what is sealed under it. */
  byte[] sealCall(long number, byte[] header, byte[] message) {
    return seal(calls, number, header, message);
  }

  byte[] openCall(long number, byte[] header, byte[] sealed, int from) {
    return open(calls, number, header, sealed, from);
  }

  /** Returns the frame: the header, and what is sealed under it. */
  byte[] sealAnswer(long number, byte[] header, byte[] message) {
    return seal(answers, number, header, message);
  }

  byte[] openAnswer(long number, byte[] header, byte[] sealed, int from) {
    return open(answers, number, header, sealed, from);
  }

  private static byte[] seal(SecretKey key, long number, byte[] header, byte[] message) {
    try {
      byte[] frame = Arrays.copyOf(header, header.length + message.length + TAG_BITS / Byte.SIZE);
      int _ = cipher(Cipher.ENCRYPT_MODE, key, number, header).doFinal(message, 0, message.length, frame, header.length);
      return frame;
    } catch (GeneralSecurityException e) {
      throw new ClusterSecurityException("a message cannot be sealed: " + e + "; use a JDK 25 with the provider SunJCE", e);
    }
  }

  private static byte[] open(SecretKey key, long number, byte[] header, byte[] sealed, int from) {
    try {
      return cipher(Cipher.DECRYPT_MODE, key, number, header).doFinal(sealed, from, sealed.length - from);
    } catch (GeneralSecurityException e) {
      throw new ClusterSecurityException(
          "a message of another member cannot be opened: it was altered or cut short, or that member has another secret", e);
    }
  }

  private static Cipher cipher(int mode, SecretKey key, long number, byte[] header) throws GeneralSecurityException {
    Cipher cipher = Thread.currentThread().isVirtual() ? newCipher() : CIPHER.get();
    byte[] nonce = ByteBuffer.allocate(NONCE).putInt(0).putLong(number).array();
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(header);
    return cipher;
  }

  private static Cipher newCipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new ClusterSecurityException("this JVM has no AES-GCM: " + e + "; use a JDK 25 with the provider SunJCE", e);
    }
  }
}
