package dev.heddle.flags.http;

import dev.heddle.base.Cells;

/** Text that a server sent, as it appears in messages: in quotes, short, and without characters that control a terminal. */
public final class Quoted {
  private static final int LONGEST = 120;

  private Quoted() {}

  /** Returns a text in quotes. */
  public static String of(String text) {
    String shown = Cells.printable(text.substring(0, Math.min(text.length(), LONGEST)));
    return "'" + shown + (text.length() > LONGEST ? "...'" : "'");
  }
}
