package dev.heddle.subprocess.io;

/** The part of an output that was kept. */
public final class CapturedOutput {
  /** The output of a process whose output is not captured. */
  public static final CapturedOutput NOTHING = new CapturedOutput(new byte[0], false);

  private final byte[] bytes;
  private final boolean truncated;

  CapturedOutput(byte[] bytes, boolean truncated) {
    this.bytes = bytes;
    this.truncated = truncated;
  }

  /** Returns the bytes, which are not copied. */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns whether the process has written more. */
  public boolean isTruncated() {
    return truncated;
  }
}
