package dev.heddle.images.render;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.parser.resources.ResourcePolicy;
import com.github.weisj.jsvg.view.FloatSize;
import com.github.weisj.jsvg.view.ViewBox;
import dev.heddle.base.Cells;
import dev.heddle.images.ImagesException;
import dev.heddle.images.RenderLimits;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;

/** A document as the renderer has it. Each call runs on the calling thread. */
final class LoadedSvg {
  private final String code;
  private final SVGDocument document;

  private LoadedSvg(String code, SVGDocument document) {
    this.code = code;
    this.document = document;
  }

  /**
   * Loads a document. Nothing that it refers to is read or connected to.
   *
   * @throws ImagesException.Unreadable if it is not an SVG document
   */
  static LoadedSvg of(SvgFlag svg) throws ImagesException {
    SVGDocument document;
    try {
      // A downloaded document must not make this program read files or connect to servers.
      LoaderContext closed = LoaderContext.builder().externalResourcePolicy(ResourcePolicy.DENY_ALL).build();
      document = new SVGLoader().load(new ByteArrayInputStream(svg.bytes()), null, closed);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new ImagesException.Unreadable(
          "the flag of " + svg.code() + " cannot be read as SVG: " + Cells.printable(e.toString()), e);
    }
    if (document == null) {
      throw new ImagesException.Unreadable(
          "the flag of " + svg.code() + " is not an SVG document: " + svg.bytes().length + " bytes; download it again",
          null);
    }
    return new LoadedSvg(svg.code(), document);
  }

  /**
   * Returns the height of a picture.
   *
   * @throws ImagesException.Unreadable if it would be too large or too narrow
   */
  int height(int width, RenderLimits limits) throws ImagesException {
    FloatSize size = document.size();
    double ratio = (double) size.height / size.width;
    if (!(ratio <= limits.maxRatio() && ratio >= 1 / limits.maxRatio())) { // also if it is no number
      throw new ImagesException.Unreadable(
          "the flag of " + code + " has a size of " + size.width + " x " + size.height + ", but a side may be at the most "
              + limits.maxRatio() + " times as long as the other; raise RenderLimits.maxRatio if it is right",
          null);
    }
    long height = Math.max(1, Math.round(width * ratio));
    if (width * height > limits.maxPixels()) {
      throw new ImagesException.Unreadable(
          "the flag of " + code + " would have " + width + " x " + height + " pixels, more than the limit of "
              + limits.maxPixels() + "; make the largest width smaller, or raise RenderLimits.maxPixels",
          null);
    }
    return (int) height;
  }

  /** Returns how many pixels a unit of the document's lengths takes. */
  double unit(int width, int height) {
    ViewBox box = document.viewBox();
    double unit = Math.max((double) width / box.width, (double) height / box.height);
    return Double.isNaN(unit) ? Double.POSITIVE_INFINITY : unit;
  }

  RenderedFlag draw(int width, int height) throws ImagesException {
    try {
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
      Graphics2D graphics = image.createGraphics();
      try {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        document.render((java.awt.Component) null, graphics, new ViewBox(width, height));
      } finally {
        graphics.dispose();
      }
      return new RenderedFlag(code, image);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) { // of this document only
      throw new ImagesException.Unreadable(
          "the flag of " + code + " cannot be rendered to " + width + " x " + height + " pixels: " + e, e);
    }
  }
}
