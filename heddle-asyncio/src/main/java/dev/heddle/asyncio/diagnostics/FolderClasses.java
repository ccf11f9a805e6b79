package dev.heddle.asyncio.diagnostics;

import dev.heddle.base.ModuleLog;
import dev.heddle.iter.BodyKind;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Loads the classes of the event loop that lie in folders, as during development. A flood of connections may take all file
 * descriptors, and then no class can be loaded from a folder any more, not even those that handle failures; a jar stays
 * open.
 */
public final class FolderClasses {
  private static final String SUFFIX = ".class";
  private static final AtomicBoolean LOADED = new AtomicBoolean();

  private FolderClasses() {}

  /** Loads them, once. */
  public static void load() {
    if (LOADED.compareAndSet(false, true)) {
      for (Class<?> each : List.of(FolderClasses.class, BodyKind.class, ModuleLog.class)) {
        CodeSource source = each.getProtectionDomain().getCodeSource();
        if (source != null && source.getLocation() != null) {
          load(source.getLocation().toString(), each);
        }
      }
    }
  }

  private static void load(String location, Class<?> member) {
    try {
      Path folder = Path.of(new URI(location));
      if (!Files.isDirectory(folder)) {
        return;
      }
      Path module = folder.resolve(member.getPackageName().replaceAll("^(dev\\.heddle\\.\\w+).*", "$1").replace('.', '/'));
      try (Stream<Path> all = Files.walk(module)) {
        for (Path file : (Iterable<Path>) all::iterator) {
          String name = folder.relativize(file).toString().replace('\\', '/');
          if (name.endsWith(SUFFIX) && !name.endsWith("-info.class")) {
            Class.forName(
                name.substring(0, name.length() - SUFFIX.length()).replace('/', '.'), false, member.getClassLoader());
          }
        }
      }
    } catch (IOException | URISyntaxException | ClassNotFoundException | LinkageError | RuntimeException e) {
      LoopLog.warning("not all classes of the event loop can be loaded before they are needed", e);
    }
  }
}
