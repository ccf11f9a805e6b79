package dev.heddle.images.render;

import dev.heddle.futures.TaskCallable;
import dev.heddle.images.ImagesException;
import dev.heddle.images.RenderLimits;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.Serializable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The rendering of a document as a task for a worker process, which has a fraction of this program's memory. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RenderTask(String code, byte[] svg, int width, RenderLimits limits) implements TaskCallable<RenderTask.Pixels> {

  /**
   * The result of a worker process: the picture, or why there is none.
   *
   * @param argb the rows of the picture, a number for each pixel
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Pixels(int width, int height, int[] argb, @Nullable String problem) implements Serializable {

    /** Returns the picture, which is what was asked for: the worker process need not be right. */
    RenderedFlag toFlag(String code, int width, RenderLimits limits) throws ImagesException {
      if (problem != null) {
        throw new ImagesException.Unreadable(problem, null);
      }
      if (this.width != width || height < 1 || (long) width * height > limits.maxPixels() || argb.length != width * height) {
        throw new ImagesException.Unreadable(
            "the flag of " + code + " was rendered to " + this.width + " x " + height + " pixels by a worker process, which"
                + " are not those that were asked for; report this",
            null);
      }
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
      image.getRaster().setDataElements(0, 0, width, height, argb);
      return new RenderedFlag(code, image);
    }
  }

  @Override
  public Pixels call() {
    Logger.getLogger("com.github.weisj.jsvg").setLevel(Level.OFF); // what is wrong is in the result
    try {
      BufferedImage image = FlagRenderer.render(new SvgFlag(code, svg), width, limits).image();
      int[] argb = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
      return new Pixels(image.getWidth(), image.getHeight(), argb, null);
    } catch (ImagesException e) {
      return new Pixels(0, 0, new int[0], e.getMessage());
    }
  }
}
