package dev.heddle.process.launch;

import dev.heddle.base.ClassPlace;
import dev.heddle.base.ModuleLog;
import dev.heddle.base.files.OwnFolder;
import dev.heddle.base.files.PrivateFiles;
import dev.heddle.base.files.SafePlace;
import dev.heddle.process.ProcessPool;
import dev.heddle.process.WorkerStartException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Copies of Heddle's own jars, for programs whose packaging hides them from a worker's JVM.
 *
 * <p>The copies are in a folder beside the user's AOT caches, named by their content, so that all programs with the same
 * Heddle share them and an AOT cache fits; or in the pool's own folder where that one cannot be made, written or trusted. A
 * copy is used only if only this user may write to it and it has exactly the bytes that it should have when the pool is
 * made; before each start of a worker its owner and its size are looked at again.
 */
final class OwnCopies {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.process");
  private static final String ROOT = ProcessPool.class.getPackageName().replace('.', '/').replaceAll("process$", "");
  private static final int LARGEST = 64 << 20;
  private static final int MOST_COPIES = 64; // of 40 to 340 KiB
  private static final Pattern COPY = Pattern.compile("[0-9a-f]{32}\\.(jar|copy)");
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0); // so that the same classes make the same jar
  private static final Map<Class<?>, byte[]> CONTENTS = new ConcurrentHashMap<>();

  private final @Nullable Path shared;
  private final Path otherwise;
  private final Map<Path, byte[]> made = new ConcurrentHashMap<>();

  /**
   * Creates the maker of copies.
   *
   * @param shared the folder of all programs; null for none
   * @param otherwise the folder of the pool
   */
  OwnCopies(@Nullable Path shared, Path otherwise) {
    this.shared = shared;
    this.otherwise = otherwise;
  }

  /** Returns a jar with a module of this program, in the pool's folder. */
  Path of(ModuleReference module) {
    try {
      byte[] content = jarOf(files(module));
      return kept(otherwise, CacheFiles.digest(content) + ".jar", content);
    } catch (IOException e) {
      throw noRoom("module " + module.descriptor().name(), e);
    }
  }

  /** Returns a jar with the module of Heddle's that a class is of. */
  Path of(Class<?> anchor) {
    byte[] content = CONTENTS.computeIfAbsent(anchor, OwnCopies::content);
    String name = CacheFiles.digest(content) + ".jar";
    if (shared != null) {
      try {
        return kept(folder(shared), name, content);
      } catch (IOException e) {
        LOG.detail("Heddle's classes are copied to the pool's own folder: " + e); // no home, or one that cannot be written
      }
    }
    try {
      return kept(otherwise, name, content);
    } catch (IOException e) {
      throw noRoom("Heddle's own classes", e);
    }
  }

  private WorkerStartException noRoom(String what, IOException e) {
    return new WorkerStartException(what + " cannot be copied to " + otherwise + " for workers: " + e
        + "; make room there, or set java.io.tmpdir to another folder", e);
  }

  /** Makes copies again that another program has tidied up, or the user has deleted. */
  void restore() throws IOException {
    for (Map.Entry<Path, byte[]> each : made.entrySet()) {
      Path file = each.getKey();
      if (!PrivateFiles.isTrusted(file, PrivateFiles.Type.FILE) || Files.size(file) != each.getValue().length) {
        kept(folder(Objects.requireNonNull(file.getParent())), file.getFileName().toString(), each.getValue());
      }
    }
  }

  /** Returns a folder for copies, which is made if it is missing. */
  private Path folder(Path folder) throws IOException {
    Path absolute = PrivateFiles.createFolders(folder);
    if (shared != null && absolute.equals(shared.toAbsolutePath())) {
      SafePlace.checkAncestors(absolute); // the pool's own folder is new, and in the folder for temporary files
    }
    return absolute;
  }

  private Path kept(Path folder, String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      try (OwnFolder opened = OwnFolder.open(folder)) {
        opened.check(file.getFileName());
        if (Arrays.equals(Files.readAllBytes(file), content)) {
          made.put(file, content);
          return file; // its time stays as it is, for AOT caches were made with it
        }
      }
      Files.delete(file); // damaged
    }
    Path copy = folder.resolve(WorkerHome.token() + ".copy");
    try {
      try (FileChannel out = PrivateFiles.createFile(copy)) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
      Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(copy); // of a write that has failed: there is no more room, say
    }
    made.put(file, content); // only now: what could not be made here is made elsewhere, and not restored here
    try {
      CacheFiles.tidy(folder, COPY, MOST_COPIES); // a program that still needs one makes it again
    } catch (IOException | UncheckedIOException e) {
      LOG.detail("copies of Heddle's classes that are not used any more are left in " + folder + ": " + e);
    }
    return file;
  }

  // ---- what is copied ----

  private static byte[] content(Class<?> anchor) {
    URL location = ClassPlace.location(anchor);
    List<String> tried = new ArrayList<>();
    try {
      byte[] jar = location == null ? null : jarAt(location, ClassPlace.resource(anchor));
      Map<String, byte[]> files = jar == null ? files(anchor, location) : Map.of();
      if (jar != null) {
        return jar;
      }
      if (!files.containsKey(ClassPlace.resource(anchor)) && anchor.getClassLoader() != null) {
        List<String> roots = new ArrayList<>(List.of(ROOT + "process/worker/WorkerMain"));
        OwnClasses.ANCHORS.forEach(each -> roots.add(each.getName().replace('.', '/')));
        files = Reachable.from(roots, ROOT, anchor.getClassLoader());
      }
      if (files.containsKey(ClassPlace.resource(anchor))) {
        return jarOf(files);
      }
    } catch (IOException e) {
      tried.add(e.toString());
    }
    throw new WorkerStartException(
        anchor.getModule() + " was loaded by " + anchor.getClassLoader() + " from "
            + (location == null ? "an unknown place" : location)
            + ", from where it cannot be handed to a worker" + (tried.isEmpty() ? "" : " (" + tried.getFirst() + ")")
            + "; load Heddle from a jar or a folder, or by a class loader whose code sources can be opened",
        null);
  }

  /**
   * Returns the jar that a location is, or is in; null if it is a folder or of another kind, or lacks a file, or has classes
   * of others or is so large that it may: a worker's class path begins with the copy.
   */
  private static byte @Nullable [] jarAt(URL location, String file) throws IOException {
    URLConnection connection = location.openConnection();
    URL jar = connection instanceof JarURLConnection inJar ? inJar.getJarFileURL() : location;
    URLConnection content = jar.openConnection();
    content.setUseCaches(false);
    byte[] bytes;
    try (InputStream in = content.getInputStream()) {
      bytes = in.readNBytes(LARGEST);
    } catch (IOException e) {
      return null; // a folder
    }
    if (bytes.length == LARGEST) {
      return null; // there may be more
    }
    boolean found = false;
    try (JarInputStream entries = new JarInputStream(new ByteArrayInputStream(bytes), false)) {
      for (JarEntry each = entries.getNextJarEntry(); each != null; each = entries.getNextJarEntry()) {
        if (isOfOthers(each.getName())) {
          return null;
        }
        found |= each.getName().equals(file);
      }
    }
    return found ? bytes : null; // no jar, or a bundle with jars inside
  }

  private static boolean isOfOthers(String file) {
    return file.endsWith(".class") && !file.startsWith(ROOT) && !file.endsWith("module-info.class");
  }

  private static Map<String, byte[]> files(Class<?> anchor, @Nullable URL location) throws IOException {
    ModuleLayer layer = anchor.getModule().getLayer();
    if (layer != null) {
      return files(layer.configuration().findModule(anchor.getModule().getName()).orElseThrow().reference());
    }
    Map<String, byte[]> files = new TreeMap<>();
    if (location != null && location.openConnection() instanceof JarURLConnection inJar) {
      inJar.setUseCaches(false);
      try (JarFile jar = inJar.getJarFile()) {
        for (JarEntry each : jar.stream().filter(entry -> entry.getName().startsWith(ROOT)).toList()) {
          try (InputStream in = jar.getInputStream(each)) {
            put(files, each.getName(), in);
          }
        }
      }
    }
    return files;
  }

  private static Map<String, byte[]> files(ModuleReference module) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (ModuleReader reader = module.open()) {
      for (String each : reader.list().toList()) {
        try (InputStream in = reader.open(each).orElseThrow()) {
          put(files, each, in);
        }
      }
    }
    return files;
  }

  private static void put(Map<String, byte[]> files, String name, InputStream in) throws IOException {
    if (!name.endsWith("/")) {
      files.put(name, in.readAllBytes());
    }
  }

  private static byte[] jarOf(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream out = new JarOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> each : files.entrySet()) {
        JarEntry entry = new JarEntry(each.getKey());
        entry.setTimeLocal(TIME);
        out.putNextEntry(entry);
        out.write(each.getValue());
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
