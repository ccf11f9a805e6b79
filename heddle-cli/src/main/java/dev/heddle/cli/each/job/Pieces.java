package dev.heddle.cli.each.job;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The parts of a stream between separators, none of them longer than {@link #LONGEST}. For one thread. */
public final class Pieces {
  /** The size of the longest piece in bytes: longer than any argument of a command may be. */
  public static final int LONGEST = 1 << 20;

  private final InputStream in;
  private final int separator;
  private boolean whole = true;

  /** Thrown when a piece is longer than {@link #LONGEST}. */
  public static final class TooLongException extends IOException {
    public TooLongException() {
      super("is longer than " + LONGEST + " bytes");
    }
  }

  public Pieces(InputStream stream, int separator) {
    this.in = new BufferedInputStream(stream);
    this.separator = separator;
  }

  /**
   * Returns the next piece, or null at the end; an empty one after the last separator does not count. May block without
   * limit.
   *
   * @throws TooLongException if it is too long
   */
  public byte @Nullable [] next() throws IOException {
    int next = in.read();
    if (next < 0) {
      return null;
    }
    ByteArrayOutputStream piece = new ByteArrayOutputStream();
    for (; next >= 0 && next != separator; next = in.read()) {
      if (piece.size() == LONGEST) {
        throw new TooLongException();
      }
      piece.write(next);
    }
    whole = next >= 0;
    return piece.toByteArray();
  }

  /** Whether the latest piece ended with a separator, and not with the stream. */
  public boolean isWhole() {
    return whole;
  }
}
