package dev.heddle.flags.http;

/** Text that a server sent, as it appears in messages: in quotes, short, and without characters that control a terminal. */
public final class Quoted {
  private static final int LONGEST = 120;

  private Quoted() {}

  /** Returns a text in quotes. */
  public static String of(String text) {
    StringBuilder quoted = new StringBuilder("'");
    for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c <= '~') {
        quoted.append(c);
      } else {
        quoted.append(String.format("\\u%04x", (int) c));
      }
    }
    return quoted.append(text.length() > LONGEST ? "...'" : "'").toString();
  }
}
