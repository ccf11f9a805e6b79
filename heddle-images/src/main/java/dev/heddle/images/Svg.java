package dev.heddle.images;

import java.util.Objects;

/**
 * A downloaded flag. The bytes are shared: nobody writes to them.
 *
 * @param code the country's code, two capital letters
 * @param bytes the SVG document
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying each picture at each stage would cost more than the care
record Svg(String code, byte[] bytes) {
  Svg {
    Objects.requireNonNull(code, "code must not be null");
    Objects.requireNonNull(bytes, "bytes must not be null");
  }
}
