package dev.heddle.process.deploy;

import static dev.heddle.process.deploy.Packed.MAIN;
import static dev.heddle.process.deploy.Packed.all;
import static dev.heddle.process.deploy.Packed.assertSame;
import static dev.heddle.process.deploy.Packed.classes;
import static dev.heddle.process.deploy.Packed.java;
import static dev.heddle.process.deploy.Packed.path;
import static dev.heddle.process.deploy.Packed.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.Bounded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs whose classes the JVM's own class path has. */
@Bounded(seconds = 180)
class ClassPathTest {
  @TempDir
  Path folder;

  @Test
  void jars() throws Exception {
    assertSame(run(java("-cp", path(all()), MAIN)));
  }

  @Test
  void folders_relativeToTheWorkingDirectory() throws Exception {
    String own = path(Packed.HEDDLE);
    ProcessBuilder program = java("-cp",
        own + ":" + classes(Packed.WORDS) + ":" + classes(Packed.MORE) + ":", MAIN); // an empty entry is the working directory
    assertSame(run(program.directory(classes(Packed.SHOP).toFile())));
  }

  @Test
  void argumentFile_beyond128KiB() throws Exception {
    String more = java.util.stream.IntStream.range(0, 3_000)
        .mapToObj(i -> folder.resolve("some-library-with-a-long-name-" + i + ".jar").toString())
        .collect(Collectors.joining(":"));
    Path arguments = Files.writeString(folder.resolve("java.args"), "-cp\n\"" + path(all()) + ":" + more + "\"\n");
    assertSame(run(java("@" + arguments, MAIN)));
  }

  /** What Gradle, IntelliJ and Surefire do where a class path is long: a jar whose manifest has it. */
  @Test
  void pathingJar() throws Exception {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH,
        all().stream().map(each -> each.toUri().toString()).collect(Collectors.joining(" ")));
    Path jar = Packed.jar(folder.resolve("classpath.jar"), manifest);
    assertSame(run(java("-cp", jar, MAIN)));
  }

  @Test
  void uberJar_inAFolderWithSpacesAndUmlauts() throws Exception {
    Path jar = uber(Files.createDirectories(folder.resolve("mein Gerät/app")).resolve("ü ber.jar"));
    ProcessBuilder program = java("-jar", jar);
    program.environment().put("LC_ALL", "C.UTF-8");
    assertSame(run(program.directory(folder.toFile())));
  }

  @Test
  void signedJars() throws Exception {
    List<Path> signed = Packed.signed(folder, Packed.WORDS, Packed.MORE, Packed.SHOP);
    assertSame(run(java("-cp", path(Packed.with(Packed.HEDDLE, signed.toArray(Path[]::new))), MAIN)));
  }

  /** The signature covers Heddle's classes as well, which a worker gets from copies. */
  @Test
  void signedUberJar() throws Exception {
    Path unsigned = uber(Packed.newFolder("unsigned").resolve("uber.jar"));
    assertSame(run(java("-jar", Packed.signed(folder, unsigned).getFirst())));
  }

  static Path uber(Path file) throws Exception {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, MAIN);
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "1.0");
    Path exploded = Packed.newFolder("uber");
    for (Path each : all()) {
      try (var jar = java.nio.file.FileSystems.newFileSystem(each)) {
        try (var files = Files.walk(jar.getPath("/"))) {
          for (Path file1 : files.filter(Files::isRegularFile).toList()) {
            Path to = exploded.resolve(file1.toString().substring(1));
            Files.createDirectories(to.getParent());
            if (!Files.exists(to)) {
              Files.copy(file1, to);
            } else if (file1.toString().contains("/services/")) {
              Files.writeString(to, Files.readString(to) + Files.readString(file1));
            }
          }
        }
      }
    }
    Files.delete(exploded.resolve("module-info.class"));
    return Packed.jar(file, manifest, exploded);
  }

  /** The uber jar has other classes of the same names than a jar before it: their order decides. */
  @Test
  void uberJar_behindOthers_keepsTheOrder() throws Exception {
    Path jar = uber(folder.resolve("uber.jar"));
    String output = run(java("-cp", path(List.of(Packed.OLD, jar)), MAIN));
    assertThat(output).contains("same answer: Answer[number=42, word=old]").doesNotContain("DIFFERENT");
  }
}
