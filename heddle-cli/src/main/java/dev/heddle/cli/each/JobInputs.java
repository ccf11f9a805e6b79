package dev.heddle.cli.each;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A source of inputs, which reads each only when it is requested. */
interface JobInputs {

  /**
   * Returns the next input, or null at the end; may block without limit.
   *
   * @throws IOException if it cannot be read, or is not UTF-8
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
      return decoded(piece);
    };
  }

  private static String decoded(ByteArrayOutputStream piece) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(piece.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("an input must be UTF-8, or the command would get another one, but was '"
          + piece.toString(StandardCharsets.UTF_8) + "', with \ufffd for what is not", e);
    }
  }
}
