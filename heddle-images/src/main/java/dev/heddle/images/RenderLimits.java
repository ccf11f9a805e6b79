package dev.heddle.images;

import dev.heddle.base.Check;
import java.time.Duration;

/**
 * The most that rendering one document may take; what needs more is a failed picture. Immutable.
 *
 * @param maxPixels the number of pixels of the largest picture, from 1 to 100 million
 * @param maxRatio how many times as high as wide, or as wide as high, a picture may be, at least 1
 * @param timeout how long one document may take, longer than zero; it is enforced by ending a worker process, so a document
 *     whose elements could take long is rendered in one
 */
public record RenderLimits(long maxPixels, double maxRatio, Duration timeout) {
  private static final long MOST_PIXELS = 100_000_000;
  private static final RenderLimits DEFAULTS = new RenderLimits(16L << 20, 10, Duration.ofSeconds(5));

  /** Checks the values. */
  public RenderLimits {
    if (maxPixels < 1 || maxPixels > MOST_PIXELS) {
      throw new IllegalArgumentException(
          "maxPixels must be from 1 to " + MOST_PIXELS + ", but was " + maxPixels + "; a pixel takes four bytes");
    }
    if (!(maxRatio >= 1)) {
      throw new IllegalArgumentException("maxRatio must be at least 1, but was " + maxRatio + "; 10 is enough for any flag");
    }
    Check.positive(timeout, "timeout", "it limits the rendering of one document");
  }

  /** Returns the defaults: 16,777,216 pixels, ten times as high as wide or the other way round, and 5 seconds. */
  public static RenderLimits defaults() {
    return DEFAULTS;
  }

  /** Returns these limits with another number of pixels. */
  public RenderLimits withMaxPixels(long pixels) {
    return new RenderLimits(pixels, maxRatio, timeout);
  }

  /** Returns these limits with another ratio. */
  public RenderLimits withMaxRatio(double ratio) {
    return new RenderLimits(maxPixels, ratio, timeout);
  }

  /** Returns these limits with another time. */
  public RenderLimits withTimeout(Duration time) {
    return new RenderLimits(maxPixels, maxRatio, time);
  }
}
