package dev.heddle.cluster.wire;

import java.util.List;

/**
 * A member's answer to what it is.
 *
 * @param worker whether it runs tasks
 * @param slots how many it runs at once
 * @param labels what tasks can ask for
 * @param draining whether it takes no more
 * @param heddle the digest of Heddle's own classes
 * @param classPath the digest of its class path
 * @param pid its process id
 */
public record Description(
    boolean worker, int slots, List<String> labels, boolean draining, String heddle, String classPath, long pid) {

  /** The most slots of a node. Drivers send and read ahead by the number, so one that says more is not believed. */
  public static final int MOST_SLOTS = 10_000;

  /** Copies the list. */
  public Description {
    labels = List.copyOf(labels);
  }

  /** Returns the description as bytes. */
  public byte[] toBytes() {
    return new Out(0).text(heddle).flag(worker).number(slots).texts(labels).flag(draining).text(classPath).number(pid)
        .toBytes();
  }

  /** Returns the digest in a description, of whatever version of Heddle; the rest may have another form there. */
  public static String buildOf(byte[] message) {
    return In.read(message, in -> {
      int _ = in.type();
      return in.text();
    });
  }

  /** Reads a description of this version of Heddle. */
  public static Description read(byte[] message) {
    return In.read(message, in -> {
      int _ = in.type();
      String heddle = in.text();
      return new Description(
          in.flag(), Math.clamp(in.number(), 0, MOST_SLOTS), in.texts(), in.flag(), heddle, in.text(), in.number());
    });
  }
}
