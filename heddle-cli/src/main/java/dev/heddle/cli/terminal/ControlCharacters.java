package dev.heddle.cli.terminal;

import dev.heddle.base.Cells;

/** Escapes text that comes from inputs, files or servers, so that it cannot control a terminal or fake a line of output. */
public final class ControlCharacters {
  private ControlCharacters() {}

  /**
   * Replaces control and format characters, line separators and lone surrogates by escapes such as {@code \n}, {@code \x1b}
   * and {@code \u202e}.
   */
  public static String escape(String text) {
    return Cells.printable(text);
  }

  /** Does the same with the beginning of a text, of at most so many characters of it. */
  public static String shortened(String text, int longest) {
    return text.length() <= longest
        ? escape(text)
        : escape(text.substring(0, longest)) + "… (" + text.length() + " characters)";
  }

  /** Does the same for text of several lines: line feeds stay. */
  public static String escapeLines(String text) {
    return Cells.printableLines(text);
  }
}
