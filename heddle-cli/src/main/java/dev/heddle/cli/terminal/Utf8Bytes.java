package dev.heddle.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Converts bytes to text and back without loss, also if they are not UTF-8: each byte that is not becomes a lone surrogate,
 * from U+DC80 to U+DCFF.
 *
 * <p>Origin: the error handler {@code surrogateescape} of Python.
 */
public final class Utf8Bytes {
  private static final char ESCAPE = '\uDC00';

  private Utf8Bytes() {}

  /** Returns the text of bytes. */
  public static String decode(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      if (!result.isError()) {
        return out.flip().toString();
      }
      for (int i = 0; i < result.length(); i++) {
        out.put((char) (ESCAPE + (in.get() & 0xff)));
      }
      decoder.reset();
    }
  }

  /** Returns the bytes of a text, as they were before {@link #decode}. */
  public static byte[] encode(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 8);
    for (int i = 0; i < text.length();) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c >= ESCAPE + 0x80 && c <= ESCAPE + 0xff) {
        out.write(c - ESCAPE);
      } else {
        out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    return out.toByteArray();
  }

  /** Whether a text came from bytes that are UTF-8. */
  public static boolean isUtf8(String text) {
    return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
