package dev.heddle.process.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heddle.base.files.PrivateFiles;
import dev.heddle.base.process.ProcessTree;
import dev.heddle.process.Processes;
import dev.heddle.process.WorkerJvm;
import dev.heddle.process.worker.TrainingRun;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.Eventually;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That workers start from a file written beforehand where that can be, and as ever where it cannot. */
@Bounded(seconds = 240)
class AotCacheTest {
  @TempDir
  static Path jars;
  private static final List<String> OWN = new ArrayList<>();

  @TempDir
  Path folder;
  private Path loaded = Path.of("");
  private WorkerJvm jvm = WorkerJvm.defaults();

  /** Puts Heddle into jars, as its users have it. */
  @BeforeAll
  static void pack() throws IOException {
    for (String each : OwnClasses.places()) {
      Path jar = jars.resolve(OWN.size() + ".jar");
      if (Files.isDirectory(Path.of(each))) {
        pack(Path.of(each), jar);
      } else {
        Files.copy(Path.of(each), jar);
      }
      OWN.add(jar.toString());
    }
  }

  private static void pack(Path from, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> all = Files.walk(from)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(from.relativize(each).toString().replace('\\', '/')));
        Files.copy(each, out);
      }
    }
  }

  @BeforeEach
  void choose() {
    loaded = folder.resolve("loaded.txt");
    jvm = jvm.withCache(folder.resolve("cache")).withOptions("-Xlog:class+load:file=" + loaded);
  }

  private Launcher launcher(WorkerHome home) {
    return new Launcher(jvm, home, OWN);
  }

  private static AotCache cacheOf(Launcher launcher) {
    return Objects.requireNonNull(launcher.cache(), "it can have a cache");
  }

  private List<Path> files() throws IOException {
    Path cache = Objects.requireNonNull(jvm.cache());
    if (!Files.exists(cache)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(cache)) {
      return all.toList();
    }
  }

  private static void train(Launcher launcher) throws Exception {
    long start = System.nanoTime();
    assertThat(new AotTraining(cacheOf(launcher), launcher).run()).isTrue();
    System.out.println("AOT cache made in " + (System.nanoTime() - start) / 1_000_000 + " ms");
  }

  /** What a worker without a parent does, which ends at once: it says on which classes it came. */
  private String startAndEnd(Launcher launcher) throws Exception {
    Process worker = launcher.start(1, "unix:/nowhere", new ProcessTree());
    worker.getOutputStream().write('\n');
    worker.getOutputStream().flush();
    worker.waitFor();
    worker.getOutputStream().close();
    String main = "";
    for (String each : Files.readAllLines(loaded)) {
      main = each.contains("dev.heddle.process.worker.WorkerMain ") ? each : main;
    }
    return main;
  }

  @Test
  void cache_made_isWhatWorkersStartFrom() throws Exception {
    WorkerHome home = WorkerHome.make();
    try {
      Launcher first = launcher(home);
      assertThat(cacheOf(first).isWanted()).isTrue();
      assertThat(startAndEnd(first)).contains("source: file:");
      train(first);
      assertThat(files()).hasSize(1).allMatch(each -> each.toString().endsWith(".aot"));
      assertThat(startAndEnd(first)).contains("source: shared objects file");

      Launcher later = launcher(home);
      assertThat(cacheOf(later).isWanted()).isFalse();
      assertThat(startAndEnd(later)).contains("source: shared objects file");
      assertThat(RawOutput.tail(later.rawOutput(1))).as("but for the connection").doesNotContain("aot");

      Path file = files().getFirst();
      byte[] content = Files.readAllBytes(file);
      content[content.length / 2] ^= 1;
      Files.write(file, content);
      assertThat(startAndEnd(launcher(home))).as("with a damaged file").contains("source: file:");
      assertThat(files()).as("with a damaged file").isEmpty();
    } finally {
      home.close();
    }
  }

  @Test
  void cache_made_holdsAllThatTheFirstTaskNeeds() throws Exception {
    WorkerHome home = WorkerHome.make();
    try {
      Launcher launcher = launcher(home);
      train(launcher);
      Path trained = folder.resolve("trained");
      Files.createDirectory(trained);
      List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
      command.addAll(cacheOf(launcher).options());
      command.addAll(launcher.carriedByAll());
      command.addAll(launcher.options());
      command.addAll(List.of("-cp", String.join(File.pathSeparator, OWN), TrainingRun.class.getName(), trained.toString()));
      Process again = new ProcessBuilder(command).inheritIO().redirectInput(ProcessBuilder.Redirect.PIPE).start();
      again.getOutputStream().write('\n');
      again.getOutputStream().flush();
      assertThat(again.waitFor()).isZero();
      again.getOutputStream().close();
      assertThat(Files.readAllLines(loaded).stream()
          .filter(
              each -> each.contains(" dev.heddle.") && !each.contains("$$Lambda") && !each.contains("shared objects file")))
          .as("Heddle's classes that are not in the file")
          .isEmpty();
    } finally {
      home.close();
    }
  }

  @Test
  void jar_changed_isAnotherCache() throws Exception {
    WorkerHome home = WorkerHome.make();
    try {
      Launcher before = launcher(home);
      Path making = cacheOf(before).claim();
      assertThat(making).isNotNull();
      assertThat(cacheOf(launcher(home)).claim()).as("two programs at once").isNull();
      Path jar = Path.of(OWN.getFirst());
      Files.setLastModifiedTime(jar, FileTime.from(Files.getLastModifiedTime(jar).toInstant().plusSeconds(60)));
      assertThat(cacheOf(launcher(home)).claim()).isNotNull().isNotEqualTo(making);
    } finally {
      home.close();
    }
  }

  @Test
  void cache_thatCannotBe_isNone() throws Exception {
    WorkerHome home = WorkerHome.make();
    try {
      assertThat(new Launcher(jvm.withoutCache(), home, OWN).cache()).as("switched off").isNull();
      assertThat(new Launcher(jvm.withOptions("-Xshare:off"), home, OWN).cache()).isNull();
      assertThat(new Launcher(jvm.withOptions("-javaagent:some.jar"), home, OWN).cache()).isNull();
      assertThat(
          new Launcher(jvm.withEnvironment(Map.of("JAVA_TOOL_OPTIONS", "-Da=b -XX:AOTCache=x")), home, OWN).cache())
          .isNull();
      assertThat(new Launcher(jvm, home, List.of(folder.toString())).cache()).as("exploded classes").isNull();
      Path taken = Files.writeString(folder.resolve("file"), "no folder");
      Launcher hopeless = new Launcher(jvm.withCache(taken), home, OWN);
      assertThat(new AotTraining(cacheOf(hopeless), hopeless).run()).isFalse();
    } finally {
      home.close();
    }
  }

  @Test
  void training_whosePoolEnds_leavesNothing() throws Exception {
    WorkerHome home = WorkerHome.make();
    try {
      Launcher launcher = launcher(home);
      Thread training = new AotTraining(cacheOf(launcher), launcher).startAfter(Duration.ZERO);
      Eventually.holds(() -> !trainingRuns().isEmpty());
      List<ProcessHandle> running = trainingRuns();
      training.interrupt();
      training.join();
      Eventually.holds(() -> running.stream().noneMatch(each -> Processes.isRunning(each.pid())));
      assertThat(files()).isEmpty();
    } finally {
      home.close();
    }
  }

  private List<ProcessHandle> trainingRuns() {
    return ProcessHandle.current()
        .descendants()
        .filter(each -> each.info().commandLine().orElse("").contains("AOTCacheOutput=" + folder))
        .toList();
  }

  @Test
  void folder_thatGrows_losesWhatWasNotUsedForLong() throws Exception {
    Path cache = Files.createDirectories(Objects.requireNonNull(jvm.cache()));
    for (int i = 0; i < 2 * AotCache.MOST_FILES; i++) {
      Path file = Files.writeString(cache.resolve("%032x-%032x.aot".formatted(i, 0)), "x");
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(i)));
    }
    Path abandoned = PrivateFiles.createFolder(cache.resolve("%032x.making".formatted(0)));
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("diary.txt"), "dear diary");
    List<Path> foreign = List.of(Files.writeString(cache.resolve("app-0.aot"), "mine"),
        Files.createSymbolicLink(cache.resolve("notes.making"), elsewhere),
        Files.createSymbolicLink(cache.resolve("%032x.making".formatted(1)), elsewhere));
    Files.setLastModifiedTime(foreign.getFirst(), FileTime.from(Instant.EPOCH));
    Files.setLastModifiedTime(elsewhere, FileTime.from(Instant.EPOCH));
    Files.writeString(abandoned.resolve("cache.aot"), "half");
    Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minusSeconds(3_600)));
    WorkerHome home = WorkerHome.make();
    try {
      Path making = cacheOf(launcher(home)).claim();
      assertThat(making).isNotNull();
      assertThat(files()).hasSize(AotCache.MOST_FILES + 1 + foreign.size())
          .contains(making, cache.resolve("%032x-%032x.aot".formatted(0, 0)))
          .containsAll(foreign)
          .doesNotContain(abandoned);
      assertThat(elsewhere.resolve("diary.txt")).exists();
    } finally {
      home.close();
    }
  }

  @Test
  void cache_thatOthersMayWriteTo_isNeitherUsedNorMade() throws Exception {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"), "skipped: no permissions here");
    Path cache = PrivateFiles.createFolder(Objects.requireNonNull(jvm.cache()));
    WorkerHome home = WorkerHome.make();
    try {
      AotCache planted = cacheOf(launcher(home));
      Path making = planted.claim();
      planted.accept(Files.writeString(Objects.requireNonNull(making).resolve("cache.aot"), "code"));
      AotCache.abandon(making);
      assertThat(cacheOf(launcher(home)).options()).hasSize(2);
      Path file = files().getFirst();

      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
      assertThat(cacheOf(launcher(home)).options()).isEmpty();
      assertThat(file).exists();
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
      assertThat(cacheOf(launcher(home)).options()).isEmpty();
      assertThat(cacheOf(launcher(home)).claim()).isNull();
      assertThat(file).exists();
    } finally {
      home.close();
    }
  }

  @Test
  void userFolder_isWhereTheSystemPutsCaches() {
    assertThat(AotCache.userFolder(Map.of("XDG_CACHE_HOME", "/var/caches"))).isEqualTo(Path.of("/var/caches/heddle/aot"));
    Path usual = Path.of(System.getProperty("user.home"), ".cache/heddle/aot");
    assertThat(AotCache.userFolder(Map.of())).isEqualTo(usual);
    assertThat(AotCache.userFolder(Map.of("XDG_CACHE_HOME", "relative"))).isEqualTo(usual);
  }

  /** Another user could rename the cache's folder, and put another one in its place. */
  @Test
  void folder_belowOneThatOthersMayWriteTo_isNotUsed() throws Exception {
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "skipped: folders have no modes here");
    Path open = Files.createDirectory(folder.resolve("open"));
    jvm = jvm.withCache(open.resolve("cache"));
    WorkerHome home = WorkerHome.make();
    try {
      AotCache cache = cacheOf(launcher(home));
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
      assertThat(cache.claim()).as("is not made there").isNull();
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
      Path claimed = cache.claim();
      assertThat(claimed).isNotNull();
      AotCache.abandon(Objects.requireNonNull(claimed));
    } finally {
      home.close();
    }
  }
}
