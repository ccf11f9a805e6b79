package dev.heddle.cluster.wire;

/**
 * The load of a member.
 *
 * @param running how many tasks it runs
 * @param waiting how many wait for a slot
 * @param finished how many it has finished
 * @param drivers how many drivers have seats
 * @param keptBytes how many bytes of shared values and results it keeps
 */
public record MemberLoad(long running, long waiting, long finished, long drivers, long keptBytes) {

  /** Returns it as bytes. */
  public byte[] toBytes() {
    return new Out(0).number(running).number(waiting).number(finished).number(drivers).number(keptBytes).toBytes();
  }

  /** Reads it. */
  public static MemberLoad read(byte[] message) {
    return In.read(message, in -> {
      int _ = in.type();
      return new MemberLoad(in.number(), in.number(), in.number(), in.number(), in.number());
    });
  }
}
