package dev.heddle.images;

import java.awt.image.BufferedImage;
import java.util.Objects;

/**
 * A rendered flag. The image is shared between the sizes made of it: nobody draws on it.
 *
 * @param code the country's code, two capital letters
 * @param image the pixels
 */
record Picture(String code, BufferedImage image) {
  Picture {
    Objects.requireNonNull(code, "code must not be null");
    Objects.requireNonNull(image, "image must not be null");
  }
}
