package dev.heddle.cli.each;

import dev.heddle.cli.terminal.Utf8Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A source of inputs in the form of {@link Utf8Bytes}, which reads each only when it is requested. */
interface JobInputs {
  /**
   * Returns the next input, or null at the end; may block without limit.
   *
   * @throws IOException if it cannot be read
   */
  @Nullable
  String next() throws IOException;

  static JobInputs of(List<String> inputs) {
    Iterator<String> left = inputs.iterator();
    return () -> left.hasNext() ? left.next() : null;
  }

  /** Returns the parts of a stream between separators; an empty part after the last separator does not count. */
  static JobInputs read(InputStream stream, char separator) {
    Pieces pieces = new Pieces(stream, separator);
    long[] number = {0};
    return () -> {
      number[0]++;
      try {
        byte[] piece = pieces.next();
        return piece == null ? null : Utf8Bytes.decode(piece);
      } catch (Pieces.TooLongException e) {
        throw new IOException(
            "input " + number[0] + " " + e.getMessage() + ", more than an argument of a command may be; inputs end with "
                + (separator == 0 ? "NUL (--null)" : "a line break, or with NUL if --null is given"),
            e);
      }
    };
  }
}
