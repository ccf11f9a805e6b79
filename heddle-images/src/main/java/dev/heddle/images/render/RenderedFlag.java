package dev.heddle.images.render;

import java.awt.image.BufferedImage;
import java.util.Objects;

/**
 * A rendered flag. The image is shared by the sizes made of it and must not be modified.
 *
 * @param code the country's code, two capital letters
 * @param image the pixels
 */
public record RenderedFlag(String code, BufferedImage image) {
  /** Checks the values. */
  public RenderedFlag {
    Objects.requireNonNull(code, "code must not be null");
    Objects.requireNonNull(image, "image must not be null");
  }

  @Override
  public String toString() {
    return "the picture of " + code;
  }
}
