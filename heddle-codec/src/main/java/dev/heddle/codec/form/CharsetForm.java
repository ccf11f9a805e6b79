package dev.heddle.codec.form;

import java.io.InvalidObjectException;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.nio.charset.Charset;

/** The serialized form of a charset that its name leads to. */
public record CharsetForm(String name) implements Serializable {

  static boolean suits(Charset charset) {
    return Charset.isSupported(charset.name()) && Charset.forName(charset.name()).equals(charset);
  }

  private Object readResolve() throws ObjectStreamException {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException e) { // its name is wrong, or not known here
      throw new InvalidObjectException("a charset that is not supported: " + e.getMessage(), e);
    }
  }
}
