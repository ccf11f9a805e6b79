package dev.heddle.timeline.view;

/** Strings of JSON, for the Chrome trace and the page. */
final class JsonString {

  private JsonString() {}

  /** Returns the text as a JSON string, with its quotation marks. */
  static String of(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (isPair(text, i)) {
        out.append(c).append(text.charAt(++i));
      } else if (isHidden(c)) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  /** Whether a reader of the file would not see it, or a script could not hold it. */
  private static boolean isHidden(char c) {
    return Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || Character.isSurrogate(c)
        || Character.getType(c) == Character.FORMAT;
  }

  private static boolean isPair(String text, int at) {
    return at + 1 < text.length() && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
  }
}
