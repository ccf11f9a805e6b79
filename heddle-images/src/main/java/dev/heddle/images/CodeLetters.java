package dev.heddle.images;

import java.awt.Graphics2D;

/**
 * Capital letters of 3 by 5 dots. Java's fonts are those of the system, and a small image of a server has none.
 */
final class CodeLetters {
  /** The height of a letter and the space around it, in dots. */
  static final int HEIGHT = 7;

  private static final int WIDTH = 3;
  private static final int ROWS = 5;

  /** From A to Z, row by row. */
  private static final int[] DOTS = {
      0b010_101_111_101_101, 0b110_101_110_101_110, 0b011_100_100_100_011, 0b110_101_101_101_110, 0b111_100_110_100_111,
      0b111_100_110_100_100, 0b011_100_101_101_011, 0b101_101_111_101_101, 0b111_010_010_010_111, 0b001_001_001_101_010,
      0b101_101_110_101_101, 0b100_100_100_100_111, 0b101_111_111_101_101, 0b110_101_101_101_101, 0b010_101_101_101_010,
      0b110_101_110_100_100, 0b010_101_101_110_011, 0b110_101_110_101_101, 0b011_100_010_001_110, 0b111_010_010_010_010,
      0b101_101_101_101_111, 0b101_101_101_101_010, 0b101_101_111_111_101, 0b101_101_010_101_101, 0b101_101_010_010_010,
      0b111_001_010_100_111
  };

  private CodeLetters() {}

  /** Draws text in the present colour; characters other than capital letters are left blank. */
  static void draw(Graphics2D graphics, String text, int left, int top, int dot) {
    for (int i = 0; i < text.length(); i++) {
      int letter = text.charAt(i) - 'A';
      int dots = letter >= 0 && letter < DOTS.length ? DOTS[letter] : 0;
      for (int bit = 0; bit < WIDTH * ROWS; bit++) {
        if ((dots >> (WIDTH * ROWS - 1 - bit) & 1) == 1) {
          int x = left + (i * (WIDTH + 1) + bit % WIDTH) * dot;
          graphics.fillRect(x, top + bit / WIDTH * dot, dot, dot);
        }
      }
    }
  }
}
