package dev.heddle.images.render;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.parser.resources.ResourcePolicy;
import com.github.weisj.jsvg.view.FloatSize;
import com.github.weisj.jsvg.view.ViewBox;
import dev.heddle.images.ImagesException;
import dev.heddle.images.Thumbnail;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.coobird.thumbnailator.Thumbnails;

/** Renders SVG documents to images, and resizes images. Thread-safe; each call runs on the calling thread. */
public final class FlagRenderer {

  private FlagRenderer() {}

  /**
   * Renders a flag.
   *
   * @param width of the picture, in pixels; the height follows from the aspect ratio
   * @throws ImagesException.Unreadable if it is not an SVG document
   */
  public static RenderedFlag render(SvgFlag svg, int width) throws ImagesException {
    SVGDocument document;
    try {
      // A downloaded document must not make this program read files or connect to servers.
      LoaderContext closed = LoaderContext.builder().externalResourcePolicy(ResourcePolicy.DENY_ALL).build();
      document = new SVGLoader().load(new ByteArrayInputStream(svg.bytes()), null, closed);
    } catch (RuntimeException e) {
      throw new ImagesException.Unreadable("the flag of " + svg.code() + " cannot be read as SVG: " + e, e);
    }
    if (document == null) {
      throw new ImagesException.Unreadable(
          "the flag of " + svg.code() + " is not an SVG document: " + svg.bytes().length + " bytes; download it again",
          null);
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
    return new RenderedFlag(svg.code(), image);
  }

  /**
   * Resizes a picture to each of several widths; returns PNG files.
   *
   * @throws ImagesException.Unreadable if it cannot be written as PNG
   */
  public static List<Thumbnail> resize(RenderedFlag picture, List<Integer> widths) throws ImagesException {
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
