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
 * @param java the version of its Java
 * @param classPath the digest of its class path
 * @param pid its process id
 */
public record Description(
    boolean worker, int slots, List<String> labels, boolean draining, String heddle, String java, String classPath,
    long pid) {

  /** Copies the list. */
  public Description {
    labels = List.copyOf(labels);
  }

  /** Returns the description as bytes. */
  public byte[] toBytes() {
    return new Out(0).flag(worker).number(slots).texts(labels).flag(draining).text(heddle).text(java).text(classPath)
        .number(pid).toBytes();
  }

  /** Reads a description. */
  public static Description read(byte[] message) {
    return In.read(message, in -> {
      int _ = in.type();
      return new Description(
          in.flag(), Math.clamp(in.number(), 0, Integer.MAX_VALUE), in.texts(), in.flag(), in.text(), in.text(), in.text(),
          in.number());
    });
  }
}
