package dev.heddle.codec.loader;

import dev.heddle.base.ClassPlace;
import dev.heddle.base.JvmStart;
import java.net.URL;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Checks that the file which a class was loaded from has not been replaced since this program started. Stateless.
 *
 * <p>A change of permissions and a new hard link count, too: they cannot be told from content that was copied over with the
 * old time. What the class was loaded from cannot be read any more, not even from a jar that the class loader has open, for
 * it opens another.
 */
public final class FileAge {
  private FileAge() {}

  /** Throws a {@link ClassChangedException} if the file was changed after the start. */
  public static void check(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    URL url = loader == null ? null : loader.getResource(ClassPlace.resource(type));
    if (url == null
        || (loader != ClassLoader.getSystemClassLoader() && !url.toString().startsWith(ClassPlace.NESTED))) {
      return; // other class loaders may have been made for newer files
    }
    Path file = ClassPlace.file(url);
    if (file == null) {
      return;
    }
    List<Instant> changes = ClassPlace.changes(file);
    for (int i = 0; i < changes.size(); i++) {
      Instant changed = changes.get(i);
      // A time to come is that of another clock, or made up: it says nothing.
      if (JvmStart.isBefore(changed) && changed.isBefore(Instant.now())) {
        throw new ClassChangedException(
            "the class file of " + type.getName() + " (" + file + ") was changed at " + changed
                + (i == 0 ? "" : " (its content with its old time, or its permissions or links alone, which look the same)")
                + ", after this program had started at "
                + JvmStart.time() + ", so a worker may run other code than the program; restart the program");
      }
    }
  }
}
