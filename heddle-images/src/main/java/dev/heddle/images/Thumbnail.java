package dev.heddle.images;

import java.util.Objects;

/**
 * A flag in one of its sizes, as a PNG file. The bytes are shared: nobody writes to them.
 *
 * @param code the country's code, two capital letters
 * @param width in pixels
 * @param png the file
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying each picture at each stage would cost more than the care
public record Thumbnail(String code, int width, byte[] png) {

  /** Checks the values. */
  public Thumbnail {
    Objects.requireNonNull(code, "code must not be null");
    Objects.requireNonNull(png, "png must not be null");
    if (width < 1) {
      throw new IllegalArgumentException("width must be at least 1 pixel, but was " + width);
    }
  }

  /** What it is called where it is uploaded to, such as {@code br-64.png}. */
  public String fileName() {
    return code.toLowerCase(java.util.Locale.ROOT) + "-" + width + ".png";
  }
}
