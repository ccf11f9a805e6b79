package dev.heddle.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The files that stand beside the generator's classes: the frame of pages, their style, their script and the menu. */
final class Resources {
  private Resources() {}

  static String text(String name) throws IOException {
    try (InputStream in = Resources.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not beside the classes of the site; build it with Maven");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
