package dev.heddle.codec.form;

import java.io.Serializable;
import java.nio.file.Path;

/** The serialized form of a path of the default file system. */
public record PathForm(String path) implements Serializable {

  private Object readResolve() {
    return Path.of(path);
  }
}
