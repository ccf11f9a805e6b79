package dev.heddle.base.files;

import dev.heddle.base.ModuleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The folder for what a program needs while it runs. It is that of the property {@code java.io.tmpdir}, if no other user may
 * exchange what is in it. Others are not used, as {@link SafePlace} says; volumes of containers are often such folders,
 * without the sticky bit. Then another folder of the system is taken, and a warning logged.
 */
public final class TempPlace {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.base.files");
  private static final String ANY_NAME = "heddle-";
  private static final Set<Path> TOLD = ConcurrentHashMap.newKeySet();

  private TempPlace() {}

  /**
   * Returns the folder; that of the property, with a warning, if there is none in which no other user may exchange files.
   *
   * @throws IOException if that of the property cannot be read, for example because it does not exist
   */
  public static Path folder() throws IOException {
    return folder(Path.of(System.getProperty("java.io.tmpdir")),
        Stream.of("/tmp", "/var/tmp", System.getenv("XDG_RUNTIME_DIR"), "/dev/shm").filter(Objects::nonNull)
            .filter(name -> !name.isEmpty()).map(Path::of));
  }

  static Path folder(Path named, Stream<Path> others) throws IOException {
    try {
      SafePlace.checkFolderOf(named.resolve(ANY_NAME));
      return named;
    } catch (UntrustedFileException e) {
      Path chosen = others.filter(TempPlace::isUsable).findFirst().orElse(named);
      if (TOLD.add(named)) {
        LOG.warning("temporary files are in " + chosen
            + (chosen.equals(named) ? ", since there is no other place, though " : ", for ")
            + e.getMessage());
      }
      return chosen;
    }
  }

  private static boolean isUsable(Path folder) {
    try {
      SafePlace.checkFolderOf(folder.resolve(ANY_NAME));
      return Files.isWritable(folder);
    } catch (IOException e) {
      return false;
    }
  }
}
