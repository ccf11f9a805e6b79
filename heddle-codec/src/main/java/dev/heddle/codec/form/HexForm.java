package dev.heddle.codec.form;

import java.io.Serializable;
import java.util.HexFormat;

/** The serialized form of a {@code HexFormat}. */
public record HexForm(String delimiter, String prefix, String suffix, boolean upperCase) implements Serializable {

  static HexForm of(HexFormat format) {
    return new HexForm(format.delimiter(), format.prefix(), format.suffix(), format.isUpperCase());
  }

  private Object readResolve() {
    HexFormat format = HexFormat.ofDelimiter(delimiter).withPrefix(prefix).withSuffix(suffix);
    return upperCase ? format.withUpperCase() : format;
  }
}
