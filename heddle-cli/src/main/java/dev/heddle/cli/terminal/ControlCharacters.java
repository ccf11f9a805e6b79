package dev.heddle.cli.terminal;

/** Escapes text that comes from inputs, files or servers, so that it cannot control a terminal or fake a line of output. */
public final class ControlCharacters {
  private ControlCharacters() {}

  /**
   * Replaces control and format characters, line separators and lone surrogates by escapes such as {@code \n}, {@code \x1b} and
   * {@code \u202e}.
   */
  public static String escape(String text) {
    return escape(text, false);
  }

  /** Does the same with the beginning of a text, of at most so many characters of it. */
  public static String shortened(String text, int longest) {
    return text.length() <= longest
        ? escape(text)
        : escape(text.substring(0, longest)) + "… (" + text.length() + " characters)";
  }

  /** Does the same for text of several lines: line feeds stay. */
  public static String escapeLines(String text) {
    return escape(text, true);
  }

  private static String escape(String text, boolean keepLineFeeds) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> {
      if (c == '\n' && keepLineFeeds) {
        out.append('\n');
      } else {
        append(out, c);
      }
    });
    return out.toString();
  }

  private static void append(StringBuilder out, int c) {
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\t' -> out.append("\\t");
      case '\r' -> out.append("\\r");
      default -> {
        int type = Character.getType(c);
        if (c >= 0xDC80 && c <= 0xDCFF) {
          out.append(String.format("\\x%02x", c - 0xDC00)); // a byte that is not UTF-8, see Utf8Bytes
        } else if (type == Character.CONTROL) {
          out.append(String.format("\\x%02x", c));
        } else if (type == Character.FORMAT || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR
            || type == Character.SURROGATE) {
          out.append(c > 0xFFFF ? String.format("\\U%08x", c) : String.format("\\u%04x", c));
        } else {
          out.appendCodePoint(c);
        }
      }
    }
  }
}
