package dev.heddle.cluster.seal;

import dev.heddle.base.Cells;
import dev.heddle.cluster.ClusterSecurityException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/** The frames that members exchange: a header of type, session and number, and what is sealed under it. Stateless. */
final class Frames {
  static final byte GREETING = 1;
  static final byte WELCOME = 2;
  static final byte SEALED = 3;
  static final byte ANSWER = 4;
  static final byte FAILED = 5;
  static final byte UNKNOWN_SESSION = 6;
  static final byte REFUSED = 7;
  static final byte VERSION = 1;
  static final int HEADER = 2 + 2 * Long.BYTES;
  private static final int MOST_TEXT = 2_000;
  private static final SecureRandom RANDOM = new SecureRandom();

  @SuppressWarnings("ArrayRecordComponent") // handed over, not copied, and never compared
  record Welcome(long session, byte[] random, byte[] proof) {}

  private Frames() {}

  static byte[] random(int length) {
    byte[] random = new byte[length];
    RANDOM.nextBytes(random);
    return random;
  }

  static long randomLong() {
    return RANDOM.nextLong();
  }

  static byte[] header(byte type, long session, long number) {
    return ByteBuffer.allocate(HEADER).put(VERSION).put(type).putLong(session).putLong(number).array();
  }

  static byte[] join(byte[] header, byte[] rest) {
    byte[] frame = Arrays.copyOf(header, header.length + rest.length);
    System.arraycopy(rest, 0, frame, header.length, rest.length);
    return frame;
  }

  /** The type of a frame, which has at least a header. */
  static byte type(byte[] frame) {
    if (frame.length < HEADER) {
      throw new ClusterSecurityException("a message of " + frame.length + " bytes is cut short", null);
    }
    if (frame[0] != VERSION) {
      throw new OtherVersionException(frame[0], VERSION);
    }
    return frame[1];
  }

  static long session(byte[] frame) {
    return ByteBuffer.wrap(frame).getLong(2);
  }

  static long number(byte[] frame) {
    return ByteBuffer.wrap(frame).getLong(2 + Long.BYTES);
  }

  static byte[] head(byte[] frame) {
    return Arrays.copyOf(frame, HEADER);
  }

  private static byte[] rest(byte[] frame) {
    return Arrays.copyOfRange(frame, HEADER, frame.length);
  }

  static byte[] greeting(byte[] random) {
    return join(header(GREETING, 0, 0), random);
  }

  /** The random number of a greeting. */
  static byte[] random(byte[] greeting) {
    byte[] random = rest(greeting);
    if (random.length != PairKeys.RANDOM) {
      throw new ClusterSecurityException("a greeting of " + greeting.length + " bytes is malformed", null);
    }
    return random;
  }

  static byte[] welcome(long session, byte[] random, byte[] proof) {
    return join(header(WELCOME, session, 0), join(random, proof));
  }

  static Welcome welcome(byte[] frame) {
    if (type(frame) != WELCOME || frame.length < HEADER + PairKeys.RANDOM) {
      throw new ClusterSecurityException("a member did not answer a greeting: " + reason(frame), null);
    }
    byte[] rest = rest(frame);
    return new Welcome(
        session(frame), Arrays.copyOf(rest, PairKeys.RANDOM), Arrays.copyOfRange(rest, PairKeys.RANDOM, rest.length));
  }

  static byte[] unknownSession() {
    return header(UNKNOWN_SESSION, 0, 0);
  }

  static byte[] refused(String reason) {
    return join(header(REFUSED, 0, 0), reason.getBytes(StandardCharsets.UTF_8));
  }

  /** What a refusal says; it is not authentic. */
  static String reason(byte[] frame) {
    return text(rest(frame));
  }

  /** What a member says, in a length that is bearable and without what controls a terminal. */
  static String text(byte[] bytes) {
    return Cells.printableLines(new String(bytes, 0, Math.min(bytes.length, MOST_TEXT), StandardCharsets.UTF_8));
  }

  /** The text of a failure of this member. */
  static byte[] bytes(RuntimeException failure) {
    String message = failure.getMessage();
    byte[] text = (message == null ? failure.toString() : message).getBytes(StandardCharsets.UTF_8);
    return text.length <= MOST_TEXT ? text : Arrays.copyOf(text, MOST_TEXT);
  }
}
