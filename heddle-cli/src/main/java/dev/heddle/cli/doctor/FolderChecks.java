package dev.heddle.cli.doctor;

import dev.heddle.base.files.SafePlace;
import dev.heddle.base.files.TempPlace;
import dev.heddle.cli.errors.FileErrors;
import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Checks of the folders for temporary files and for the cache of worker processes. */
final class FolderChecks {
  private static final long MEBIBYTE = 1L << 20;
  private static final long LITTLE_SPACE = 64 * MEBIBYTE;
  private static final String TEMP_REMEDY = "Pools of processes, child processes and downloads put files there. "
      + "Name another folder: HEDDLE_JAVA_OPTS=-Djava.io.tmpdir=/path";

  private FolderChecks() {}

  static List<Finding> all(MachineView machine) {
    return List.of(temporary(Path.of(machine.property("java.io.tmpdir"))), sockets(), cache(machine));
  }

  static Finding temporary(Path named) {
    String name = "temp folder";
    try {
      Path probe = Files.createTempFile(named, "heddle-doctor", ".tmp");
      try {
        Files.write(probe, new byte[4096]); // a full disk has room for names, but not for content
      } finally {
        Files.delete(probe);
      }
      long free = Files.getFileStore(named).getUsableSpace();
      String value = named + ", " + free / MEBIBYTE + " MiB free";
      Path used = TempPlace.folder();
      if (!used.equals(named) && named.equals(Path.of(System.getProperty("java.io.tmpdir")))) {
        return Finding.note(name, value, "Other users may exchange files in it, so " + used + " is used. If no other user's "
            + "program runs here, name it in HEDDLE_TRUSTED_FOLDERS.");
      }
      return free < LITTLE_SPACE ? Finding.problem(name, value, TEMP_REMEDY) : Finding.ok(name, value);
    } catch (IOException e) {
      return Finding.problem(name, named + ": " + FileErrors.describe(e), TEMP_REMEDY);
    }
  }

  private static Finding sockets() {
    String name = "Unix sockets";
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      Path folder = Files.createTempDirectory(TempPlace.folder(), "heddle-doctor");
      Path socket = folder.resolve("socket");
      try {
        server.bind(UnixDomainSocketAddress.of(socket));
        return Finding.ok(name, "can be made in " + folder.getParent());
      } finally {
        Files.deleteIfExists(socket);
        Files.delete(folder);
      }
    } catch (IOException | UnsupportedOperationException e) {
      return Finding.note(name, String.valueOf(e.getMessage()),
          "Worker processes are connected by a loopback port and a secret instead, which is slower.");
    }
  }

  static Finding cache(MachineView machine) {
    String name = "worker cache";
    Path given = Path.of(machine.variable("XDG_CACHE_HOME"));
    Path caches = given.isAbsolute() ? given : Path.of(machine.property("user.home"), ".cache");
    Path folder = caches.resolve("heddle/aot");
    String remedy = "Worker processes take some 130 ms to start in place of 80. Set HOME or XDG_CACHE_HOME to a folder that this "
        + "user alone can write to.";
    Path existing = folder;
    while (!Files.isDirectory(existing)) {
      existing = existing.getParent();
      if (existing == null) {
        return Finding.note(name, folder + ": no such folder", remedy);
      }
    }
    if (!Files.isWritable(existing)) {
      return Finding.note(name, existing + " cannot be written to", remedy);
    }
    try {
      SafePlace.checkFolderOf(existing.resolve("file"));
      return Finding.ok(name,
          folder + (Files.isDirectory(folder) ? ", " + size(folder) / MEBIBYTE + " MiB" : ", not made yet"));
    } catch (IOException e) {
      return Finding.note(name, FileErrors.describe(e), remedy);
    }
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toFile).filter(File::isFile).mapToLong(File::length).sum();
    }
  }
}
