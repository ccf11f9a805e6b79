package dev.heddle.images.render;

import dev.heddle.images.ImagesException;
import dev.heddle.images.RenderLimits;
import dev.heddle.images.Thumbnail;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.coobird.thumbnailator.Thumbnails;

/** Renders SVG documents to images, and resizes images. Thread-safe; each call runs on the calling thread. */
public final class FlagRenderer {

  private FlagRenderer() {}

  /** Renders a flag on the calling thread with the default limits. */
  public static RenderedFlag render(SvgFlag svg, int width) throws ImagesException {
    return render(svg, width, RenderLimits.defaults());
  }

  /**
   * Renders a flag on the calling thread, however long it takes; {@link SafeRenderer} limits the time.
   *
   * @param width of the picture, in pixels; the height follows from the aspect ratio
   * @throws ImagesException.Unreadable if it is not an SVG document, or the picture would be too large or too narrow
   */
  static RenderedFlag render(SvgFlag svg, int width, RenderLimits limits) throws ImagesException {
    LoadedSvg document = LoadedSvg.of(svg);
    return document.draw(width, document.height(width, limits));
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
      } catch (OutOfMemoryError e) { // of this picture only: nothing else has been allocated here
        throw new ImagesException.Unreadable(
            "the flag of " + picture.code() + " cannot be resized to a width of " + width
                + " pixels: there is not enough memory; make the largest width smaller, or the heap larger",
            e);
      }
      sizes.add(new Thumbnail(picture.code(), width, png.toByteArray()));
    }
    return sizes;
  }
}
