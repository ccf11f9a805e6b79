package dev.heddle.base;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text for the cells of a terminal: without characters that control it, and with the number of columns that it takes.
 *
 * <p>Names of tasks, files and lanes may hold anything: an escape sequence in one of them would move the cursor or set the
 * window's title, and a line break would split a row of a table.
 */
public final class Cells {
  private static final Pattern GRAPHEME = Pattern.compile("\\X");
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int EMOJI_VARIATION = 0xFE0F;

  /** The surrogates that stand for bytes which are no UTF-8. */
  private static final int FIRST_BYTE = 0xDC80;

  private static final int LAST_BYTE = 0xDCFF;

  /** First and last code points of the ranges that take two columns, besides the emoji. */
  private static final int[][] WIDE = {{0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0x33FF}, {0x3400, 0x4DBF},
      {0x4E00, 0x9FFF}, {0xA000, 0xA4CF}, {0xA960, 0xA97C}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE30, 0xFE6F},
      {0xFF01, 0xFF60}, {0xFFE0, 0xFFE6}, {0x20000, 0x3FFFD}};

  private Cells() {}

  /**
   * Returns text in which control characters, invisible format characters (such as those that reverse the direction) and
   * lone surrogates are replaced: {@code \n}, {@code \t}, {@code \x1b}, <code>\&#117;202e</code>. Characters that join emoji
   * are kept. The surrogates that stand for bytes which are no UTF-8 are shown as these bytes, such as {@code \xff}.
   */
  public static String printable(String text) {
    return printable(text, false);
  }

  /** Does the same for text of several lines: line feeds are kept. */
  public static String printableLines(String text) {
    return printable(text, true);
  }

  private static String printable(String text, boolean keepLineFeeds) {
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
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (!isHidden(c)) {
          out.appendCodePoint(c);
        } else if (c >= FIRST_BYTE && c <= LAST_BYTE) {
          out.append(Describe.format("\\x%02x", c - FIRST_BYTE + 0x80));
        } else {
          out.append(Describe.format(c < 0x100 ? "\\x%02x" : c <= 0xFFFF ? "\\u%04x" : "\\U%08x", c));
        }
      }
    }
  }

  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      case Character.FORMAT -> c != ZERO_WIDTH_JOINER;
      default -> false;
    };
  }

  /** Returns the number of columns that text takes on a terminal; text must be {@linkplain #printable printable}. */
  public static int width(String text) {
    int width = 0;
    for (String each : graphemes(text)) {
      width += widthOf(each);
    }
    return width;
  }

  /** Returns text that takes at most so many columns: whole, or cut and with an ellipsis at its end. */
  public static String fit(String text, int columns) {
    if (text.length() <= columns / 2 || width(text) <= columns) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int width = 1; // of the ellipsis
    for (String each : graphemes(text)) {
      width += widthOf(each);
      if (width > columns) {
        break;
      }
      out.append(each);
    }
    return columns < 1 ? "" : out.append('…').toString();
  }

  /** Returns text followed by as many spaces as it lacks to take so many columns. */
  public static String pad(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - width(text)));
  }

  private static List<String> graphemes(String text) {
    List<String> graphemes = new ArrayList<>();
    Matcher matcher = GRAPHEME.matcher(text);
    while (matcher.find()) {
      graphemes.add(matcher.group());
    }
    return graphemes;
  }

  private static int widthOf(String grapheme) {
    int first = grapheme.codePointAt(0);
    if (isWide(first) || grapheme.indexOf(EMOJI_VARIATION) > 0) {
      return 2;
    }
    return switch (Character.getType(first)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> 1;
    };
  }

  private static boolean isWide(int c) {
    if (Character.isEmojiPresentation(c)) {
      return true;
    }
    for (int[] range : WIDE) {
      if (c >= range[0] && c <= range[1]) {
        return true;
      }
    }
    return false;
  }
}
