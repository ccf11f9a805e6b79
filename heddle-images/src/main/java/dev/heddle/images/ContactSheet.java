package dev.heddle.images;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import javax.imageio.ImageIO;

/** A picture that shows thumbnails side by side, in the order of their codes, which stand below them. */
public final class ContactSheet {
  private static final int GAP = 8;
  private static final Color PAPER = new Color(0xF4F4F0);
  private static final Color EDGE = new Color(0xC8C8C0);
  private static final Color INK = new Color(0x40403C);
  private static final int PIXELS_PER_DOT = 48; // of a thumbnail's width

  private ContactSheet() {}

  /**
   * Returns a PNG file that shows thumbnails of one width.
   *
   * @param thumbnails at least one, all of the same width, in any order
   * @throws IOException if a thumbnail cannot be read
   */
  public static byte[] png(List<Thumbnail> thumbnails) throws IOException {
    if (thumbnails.isEmpty()) {
      throw new IllegalArgumentException("thumbnails must not be empty");
    }
    List<Thumbnail> sorted = thumbnails.stream().sorted(Comparator.comparing(Thumbnail::code)).toList();
    int cellWidth = sorted.getFirst().width() + GAP;
    int dot = Math.max(1, cellWidth / PIXELS_PER_DOT);
    int cellHeight = cellWidth * 3 / 4 + GAP / 2 + CodeLetters.HEIGHT * dot;
    int columns = (int) Math.ceil(Math.sqrt(sorted.size() * (double) cellHeight / cellWidth * 1.6)); // about 16:10
    int rows = (sorted.size() + columns - 1) / columns;
    BufferedImage sheet = new BufferedImage(columns * cellWidth + GAP, rows * cellHeight + GAP, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    try {
      graphics.setColor(PAPER);
      graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
      for (int i = 0; i < sorted.size(); i++) {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(sorted.get(i).png()));
        int x = GAP + i % columns * cellWidth;
        int y = GAP + i / columns * cellHeight;
        graphics.drawImage(image, x, y, null);
        graphics.setColor(INK);
        CodeLetters.draw(graphics, sorted.get(i).code(), x, y + image.getHeight() + GAP / 2, dot);
        graphics.setColor(EDGE);
        graphics.drawRect(x - 1, y - 1, image.getWidth() + 1, image.getHeight() + 1);
      }
    } finally {
      graphics.dispose();
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(sheet, "png", png);
    return png.toByteArray();
  }
}
