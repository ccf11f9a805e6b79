package dev.heddle.base;

/** Text in XML, SVG and HTML documents. */
public final class Xml {
  private Xml() {}

  /**
   * Returns the text as content of an element or as value of an attribute in either kind of quotation marks. Tabs and line
   * breaks become spaces. Characters that no XML document may contain, even escaped (control characters, surrogates
   * without their other half, U+FFFE and U+FFFF), become question marks.
   */
  public static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> {
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        case '\t', '\n', '\r' -> out.append(' ');
        default -> out.appendCodePoint(isAllowed(c) ? c : '?');
      }
    });
    return out.toString();
  }

  /** Also leaves out U+007F to U+009F, which XML discourages and HTML forbids. */
  private static boolean isAllowed(int c) {
    return c >= 0x20 && !(c >= 0x7F && c <= 0x9F) && !(c >= 0xD800 && c <= 0xDFFF) && c != 0xFFFE && c != 0xFFFF;
  }
}
