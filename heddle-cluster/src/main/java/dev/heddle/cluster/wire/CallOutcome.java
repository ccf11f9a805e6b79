package dev.heddle.cluster.wire;

/**
 * The end of a task, or of the preparation of a seat.
 *
 * @param success whether {@code bytes} are a value, not a failure
 * @param nanos how long it ran, by the member's clock of intervals; members' times of day are never compared
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not copied, and never compared
public record CallOutcome(boolean success, long nanos, byte[] bytes) {

  /** Returns the outcome as bytes. */
  public byte[] toBytes() {
    return new Out(0).flag(success).number(nanos).block(bytes).toBytes();
  }

  /** Reads an outcome. */
  public static CallOutcome read(byte[] message) {
    return In.read(message, in -> {
      int _ = in.type();
      return new CallOutcome(in.flag(), in.number(), in.block());
    });
  }
}
