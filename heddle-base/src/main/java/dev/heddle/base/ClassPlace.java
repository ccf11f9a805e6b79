package dev.heddle.base;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.CodeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The location of a loaded class's file, and the time of its last change. Stateless. */
public final class ClassPlace {
  /** Begins addresses in a jar inside of the executable jar that the program was started from. */
  public static final String NESTED = "jar:nested:";

  private ClassPlace() {}

  /** Returns the name of a class's file for its loader. */
  public static String resource(Class<?> type) {
    return type.getName().replace('.', '/') + ".class";
  }

  /** Returns the jar or folder that a class was loaded from, as its code source says; null if that says nothing. */
  public static @Nullable URL location(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return source == null ? null : source.getLocation();
  }

  /** Returns the file at an address, or the outermost jar that it is in; null for places that are not in a file system. */
  public static @Nullable Path file(URL url) {
    String text = url.toString();
    if (text.startsWith(NESTED) && text.contains("/!")) {
      return path("file:" + text.substring(NESTED.length(), text.indexOf("/!")));
    }
    if (text.startsWith("jar:file:") && text.contains("!/")) {
      return path(text.substring("jar:".length(), text.indexOf("!/")));
    }
    return text.startsWith("file:") ? path(text) : null;
  }

  @SuppressWarnings("deprecation") // a text that is no URI cannot be given to URL.of
  private static @Nullable Path path(String text) {
    try {
      URL url = new URL(text);
      try {
        return Path.of(url.toURI());
      } catch (URISyntaxException | IllegalArgumentException e) {
        return Path.of(url.getPath()); // of a loader that does not write spaces and the like as it should
      }
    } catch (IOException | InvalidPathException e) {
      return null;
    }
  }

  /**
   * Returns when a file was changed, as far as that is known: first the time of its last modification, which can be
   * anything, since archives, copies and layers of images keep that of the original; then, where the system has it, the time
   * of the last change of the file's entry (ctime), which no program can set, but which a change of permissions and a hard
   * link change, too.
   */
  public static List<Instant> changes(Path file) {
    List<Instant> times = new ArrayList<>();
    for (String attribute : List.of("lastModifiedTime", "unix:ctime")) {
      try {
        if (Files.getAttribute(file, attribute) instanceof FileTime time) {
          times.add(time.toInstant());
        }
      } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
        // gone, which reading it tells; or another file system than those of Unix, which have no ctime
      }
    }
    return times;
  }
}
