package dev.heddle.images;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.parser.resources.ResourcePolicy;
import com.github.weisj.jsvg.view.FloatSize;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.coobird.thumbnailator.Thumbnails;

/** Turns SVG documents into pixels and pixels into smaller ones. Thread-safe; each call works on the calling thread. */
final class Drawing {

  private Drawing() {}

  /**
   * Draws a flag.
   *
   * @param width of the picture, in pixels; the height follows from the flag's shape
   * @throws ImagesException.Unreadable if it is not an SVG document
   */
  static Picture render(Svg svg, int width) throws ImagesException {
    SVGDocument document;
    try {
      // A downloaded picture must not make this program read files or ask other servers.
      LoaderContext closed = LoaderContext.builder().externalResourcePolicy(ResourcePolicy.DENY_ALL).build();
      document = new SVGLoader().load(new ByteArrayInputStream(svg.bytes()), null, closed);
    } catch (RuntimeException e) {
      throw new ImagesException.Unreadable("the flag of " + svg.code() + " cannot be read as SVG: " + e, e);
    }
    if (document == null) {
      throw new ImagesException.Unreadable(
          "the flag of " + svg.code() + " is no SVG document: " + svg.bytes().length + " bytes; download it again", null);
    }
    FloatSize size = document.size();
    int height = Math.max(1, Math.round(width * size.height / size.width));
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      document.render((java.awt.Component) null, graphics, new ViewBox(width, height));
    } finally {
      graphics.dispose();
    }
    return new Picture(svg.code(), image);
  }

  /**
   * The same picture in each of several widths, as PNG files.
   *
   * @throws ImagesException.Unreadable if it cannot be written as PNG
   */
  static List<Thumbnail> resize(Picture picture, List<Integer> widths) throws ImagesException {
    List<Thumbnail> sizes = new ArrayList<>(widths.size());
    for (int width : widths) {
      ByteArrayOutputStream png = new ByteArrayOutputStream(8 * 1024);
      try {
        Thumbnails.of(picture.image()).width(width).outputFormat("png").toOutputStream(png);
      } catch (IOException e) {
        throw new ImagesException.Unreadable("the flag of " + picture.code() + " cannot be written as PNG: " + e, e);
      }
      sizes.add(new Thumbnail(picture.code(), width, png.toByteArray()));
    }
    return sizes;
  }
}
