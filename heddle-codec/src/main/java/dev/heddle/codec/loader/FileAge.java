package dev.heddle.codec.loader;

import dev.heddle.base.JvmStart;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the file which a class was loaded from has not been replaced since this program started. Stateless.
 *
 * <p>The time of the last modification can be anything: archives, copies and layers of images keep that of the original, and clocks
 * differ. So, where the system has it, the time of the last change of the file's entry (ctime) is asked, which no program can set.
 */
final class FileAge {
  private static final String NESTED = "jar:nested:"; // in the executable jar that the program was started from

  private FileAge() {}

  /** Returns the name of a class's file for its loader. */
  static String resource(Class<?> type) {
    return type.getName().replace('.', '/') + ".class";
  }

  /** Throws a {@link ClassChangedException} if the file was changed after the start. */
  static void check(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    URL url = loader == null ? null : loader.getResource(resource(type));
    if (url == null || (loader != ClassLoader.getSystemClassLoader() && !url.toString().startsWith(NESTED))) {
      return; // other class loaders may have been made for newer files
    }
    Path file = file(url.toString());
    if (file == null) {
      return;
    }
    Instant changed;
    try {
      changed = changed(file);
    } catch (IOException e) {
      return; // which reading it tells
    }
    // A time to come is that of another clock, or made up: it says nothing.
    if (JvmStart.isBefore(changed) && changed.isBefore(Instant.now())) {
      throw new ClassChangedException(
          "the class file of " + type.getName() + " (" + file + ") was changed at " + changed
              + ", after this program had started at "
              + JvmStart.time() + ", so a worker may run other code than the program; restart the program");
    }
  }

  private static Instant changed(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("unix")
        && Files.getAttribute(file, "unix:ctime") instanceof FileTime time) {
      return time.toInstant();
    }
    return Files.getLastModifiedTime(file).toInstant();
  }

  /** Returns the file of a class, or of the outermost jar that holds it; null for other places. */
  static @Nullable Path file(String url) {
    String place = url;
    if (url.startsWith(NESTED) && url.contains("/!")) {
      place = "file:" + url.substring(NESTED.length(), url.indexOf("/!"));
    } else if (url.startsWith("jar:file:") && url.contains("!/")) {
      place = url.substring("jar:".length(), url.indexOf("!/"));
    }
    try {
      return place.startsWith("file:") ? Path.of(new URI(place)) : null;
    } catch (URISyntaxException | IllegalArgumentException e) {
      return null;
    }
  }
}
