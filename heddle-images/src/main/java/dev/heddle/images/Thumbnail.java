package dev.heddle.images;

import java.util.Locale;
import java.util.Objects;

/**
 * A flag in one of its sizes, as a PNG file. The bytes are shared and must not be modified.
 *
 * @param code the country's code, two capital letters
 * @param width in pixels
 * @param png the file
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy at each stage would be expensive
public record Thumbnail(String code, int width, byte[] png) {

  /** Checks the values. */
  public Thumbnail {
    Objects.requireNonNull(code, "code must not be null");
    Objects.requireNonNull(png, "png must not be null");
    if (width < 1) {
      throw new IllegalArgumentException("width must be at least 1 pixel, but was " + width);
    }
  }

  /** The file name under which it is uploaded, such as {@code br-64.png}. */
  public String fileName() {
    return code.toLowerCase(Locale.ROOT) + "-" + width + ".png";
  }

  @Override
  public String toString() {
    return fileName();
  }
}
