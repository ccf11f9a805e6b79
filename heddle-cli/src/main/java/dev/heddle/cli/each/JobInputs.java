package dev.heddle.cli.each;

import dev.heddle.cli.terminal.Utf8Bytes;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
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
    BufferedInputStream in = new BufferedInputStream(stream);
    return () -> {
      ByteArrayOutputStream piece = new ByteArrayOutputStream();
      int next = in.read();
      if (next < 0) {
        return null;
      }
      for (; next >= 0 && next != separator; next = in.read()) {
        piece.write(next);
      }
      return Utf8Bytes.decode(piece.toByteArray());
    };
  }
}
