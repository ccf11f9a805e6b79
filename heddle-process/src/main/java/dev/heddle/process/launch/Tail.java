package dev.heddle.process.launch;

/** The end of a text that arrives in pieces: the last lines, and no more than some characters. For one thread at a time. */
public final class Tail {
  private static final int MOST_LINES = 40;
  private static final int MOST_CHARS = 8_192;

  private final StringBuilder text = new StringBuilder();

  /** Appends a piece. */
  public Tail add(String piece) {
    text.append(piece, Math.max(0, piece.length() - MOST_CHARS), piece.length());
    if (text.length() > 2 * MOST_CHARS) { // not each time: deleting moves the rest
      text.delete(0, text.length() - MOST_CHARS);
    }
    return this;
  }

  @Override
  public String toString() {
    int from = Math.max(0, text.length() - MOST_CHARS);
    int end = text.length() - 1; // a line end there ends the last line
    for (int lines = 0; lines < MOST_LINES && end >= from; lines++) {
      end = text.lastIndexOf("\n", end - 1);
    }
    return text.substring(Math.max(from, end + 1));
  }
}
