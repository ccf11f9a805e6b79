package dev.heddle.flags.server;

import dev.heddle.flags.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The flag images of the flag-icons WebJar. Thread-safe. */
public final class FlagImages {
  // The path has the version of the dependency in it.
  private static final String FOLDER = "META-INF/resources/webjars/flag-icons/7.5.0/flags/4x3/";

  private static final ConcurrentHashMap<String, Image> LOADED = new ConcurrentHashMap<>();

  private FlagImages() {}

  /** An image with its HTTP metadata. */
  public static final class Image {
    /** The SVG document. */
    public final byte[] bytes; // shared, never written to
    /** The ETag. */
    public final String etag;
    /** The time of the last change, in milliseconds since 1970. */
    public final long lastModified;

    private Image(byte[] bytes, long lastModified) {
      this.bytes = bytes;
      this.etag = '"' + Sha256.of(bytes).substring(0, 32) + '"';
      this.lastModified = lastModified;
    }
  }

  /** Whether there is a flag for a code of two capital letters. */
  public static boolean has(String code) {
    return url(code) != null;
  }

  /** The image for a code of two capital letters; null if there is none. */
  public static @Nullable Image load(String code) throws IOException {
    Image loaded = LOADED.get(code);
    if (loaded != null) {
      return loaded;
    }
    URL url = url(code);
    if (url == null) {
      return null;
    }
    URLConnection connection = url.openConnection();
    try (InputStream in = connection.getInputStream()) {
      Image image = new Image(in.readAllBytes(), connection.getLastModified());
      LOADED.put(code, image);
      return image;
    }
  }

  private static @Nullable URL url(String code) {
    // "xx" is the collection's placeholder for a missing flag
    return code.equals("XX")
        ? null
        : FlagImages.class.getClassLoader().getResource(FOLDER + code.toLowerCase(Locale.ROOT) + ".svg");
  }
}
