package dev.heddle.images.render;

import java.util.Objects;

/**
 * A downloaded flag. The bytes are shared and must not be modified.
 *
 * @param code the country's code, two capital letters
 * @param bytes the SVG document
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy at each stage would be expensive
public record SvgFlag(String code, byte[] bytes) {
  /** Checks the values. */
  public SvgFlag {
    Objects.requireNonNull(code, "code must not be null");
    Objects.requireNonNull(bytes, "bytes must not be null");
  }

  @Override
  public String toString() {
    return "the flag of " + code;
  }
}
