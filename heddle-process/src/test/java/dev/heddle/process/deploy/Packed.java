package dev.heddle.process.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.process.launch.OwnClasses;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;

/**
 * The program {@code shop.App} and its libraries, as jars and in the ways in which programs are delivered; made once for all tests.
 * The program asks a thread and a worker for the same, and prints where they differ.
 */
final class Packed {
  private static final Path FOLDER = folder();

  /** Heddle's modules. */
  static final List<Path> HEDDLE = heddle();

  /** The libraries of the program: two jars, which have a service's providers and a resource of the same name each. */
  static final Path WORDS = module("words", List.of(), Map.of(Attributes.Name.IMPLEMENTATION_VERSION, "7.5"));
  static final Path MORE = module("more", List.of(WORDS), Map.of());

  /** The program. */
  static final Path SHOP = module("shop", with(HEDDLE, WORDS, file(NullMarked.class)),
      Map.of(Attributes.Name.MAIN_CLASS, "shop.App"));

  /** Another version of the first library. */
  static final Path OLD = module("old", List.of(), Map.of());

  /** Runs the program by other class loaders. */
  static final Path LAUNCH = module("launch", List.of(), Map.of());

  static final String MAIN = "shop.App";

  private Packed() {}

  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("heddle-deploy");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      return folder;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted((a, b) -> b.compareTo(a)).forEach(each -> each.toFile().delete());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Path> heddle() {
    List<Path> jars = new ArrayList<>();
    for (String each : OwnClasses.places()) {
      Path place = Path.of(each);
      String module = place.toString().replaceAll(".*(heddle-[a-z]+).*", "$1");
      jars.add(Files.isDirectory(place) ? jar(FOLDER.resolve(module + ".jar"), new Manifest(), place) : place);
    }
    return jars;
  }

  /** Compiles one of the modules of the resources, and packs it. */
  static Path module(String name, List<Path> libraries, Map<Attributes.Name, String> attributes) {
    try {
      URL module = Objects.requireNonNull(Packed.class.getResource("/deploy/" + name + "/module-info.java"));
      Path sources = Path.of(module.toURI()).getParent();
      Path classes = Files.createDirectories(FOLDER.resolve(name + "-classes"));
      List<String> command = new ArrayList<>(List.of("-d", classes.toString(), "-p", path(libraries), "-nowarn"));
      try (Stream<Path> all = Files.walk(sources)) {
        for (Path each : all.filter(Files::isRegularFile).toList()) {
          if (each.toString().endsWith(".java")) {
            command.add(each.toString());
          } else {
            Path to = classes.resolve(sources.relativize(each).toString());
            Files.createDirectories(to.getParent());
            Files.copy(each, to);
          }
        }
      }
      assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, command.toArray(String[]::new))).isZero();
      Manifest manifest = new Manifest();
      attributes.forEach(manifest.getMainAttributes()::put);
      return jar(FOLDER.resolve(name + ".jar"), manifest, classes);
    } catch (IOException | URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Packs folders into a jar; of files with the same name the first is taken, but lists of services are joined. */
  static Path jar(Path file, Manifest manifest, Path... folders) {
    manifest.getMainAttributes().putIfAbsent(Attributes.Name.MANIFEST_VERSION, "1.0");
    Map<String, byte[]> content = new TreeMap<>();
    try {
      for (Path folder : folders) {
        try (Stream<Path> all = Files.walk(folder)) {
          for (Path each : all.filter(Files::isRegularFile).toList()) {
            String name = folder.relativize(each).toString().replace('\\', '/');
            byte[] before = content.get(name);
            if (before == null) {
              content.put(name, Files.readAllBytes(each));
            } else if (name.startsWith("META-INF/services/")) {
              content.put(name,
                  (new String(before, StandardCharsets.UTF_8) + Files.readString(each)).getBytes(StandardCharsets.UTF_8));
            }
          }
        }
      }
      content.remove("META-INF/MANIFEST.MF");
      try (OutputStream out = Files.newOutputStream(file); JarOutputStream jar = new JarOutputStream(out, manifest)) {
        for (Map.Entry<String, byte[]> each : content.entrySet()) {
          jar.putNextEntry(new JarEntry(each.getKey()));
          jar.write(each.getValue());
        }
      }
      return file;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Signs copies of jars with a new key. */
  static List<Path> signed(Path folder, Path... jars) throws IOException, InterruptedException {
    Path keys = folder.resolve("keys.p12");
    String made = run(
        command(jdk("keytool"), "-genkeypair", "-alias", "signer", "-keyalg", "EC", "-dname", "CN=Signer", "-keystore",
            keys, "-storepass", "not-secret"));
    assertThat(keys).as(made).exists();
    List<Path> all = new ArrayList<>();
    for (Path each : jars) {
      Path copy = Files.copy(each, folder.resolve(each.getFileName()));
      assertThat(run(command(jdk("jarsigner"), "-keystore", keys, "-storepass", "not-secret", copy, "signer")))
          .contains("jar signed");
      all.add(copy);
    }
    return all;
  }

  /** The folder that a jar of the program was packed from. */
  static Path classes(Path jar) {
    return FOLDER.resolve(jar.getFileName().toString().replace(".jar", "-classes"));
  }

  /** A new folder for one test. */
  static Path newFolder(String name) {
    try {
      return Files.createDirectories(FOLDER.resolve(name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static List<Path> with(List<Path> jars, Path... more) {
    return Stream.concat(jars.stream(), Stream.of(more)).toList();
  }

  /** All jars of the program. */
  static List<Path> all() {
    return with(HEDDLE, WORDS, MORE, SHOP);
  }

  static String path(List<Path> jars) {
    return String.join(System.getProperty("path.separator"), jars.stream().map(Path::toString).toList());
  }

  static Path jdk(String tool) {
    return Path.of(System.getProperty("java.home"), "bin", tool);
  }

  /** A command that runs Java. */
  static ProcessBuilder java(Object... arguments) {
    return command(Stream.concat(Stream.of(jdk("java")), Stream.of(arguments)).toArray());
  }

  static ProcessBuilder command(Object... words) {
    ProcessBuilder builder = new ProcessBuilder(Stream.of(words).map(Object::toString).toList());
    builder.environment().remove("JAVA_HOME"); // that of the machine that the test happens to run on
    return builder;
  }

  /** Runs a program, and returns what it has printed. */
  static String run(ProcessBuilder builder) throws IOException, InterruptedException {
    Path output = Files.createTempFile(FOLDER, "output", ".txt");
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    process.getOutputStream().close();
    try {
      assertThat(process.waitFor(150, TimeUnit.SECONDS)).as("%s ended: %s", builder.command(), Files.readString(output))
          .isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return Files.readString(output);
  }

  /** Asserts that a run of the program has found all the same on a thread and in a worker. */
  static void assertSame(String output) {
    assertThat(output).doesNotContain("DIFFERENT", "Exception").contains("\ndone", "map [2, 4, 6]",
        "same answer: Answer[number=42, word=first]", "same resource: good morning", "same services: [NOW, please]",
        "same bundle: hallo", "same by name: more.Loud", "same record: Part[count=42, name=bolt]");
    assertThat(output.lines().filter(each -> each.startsWith("same "))).hasSize(18);
  }

  /** Returns the jar or folder of a class of the tests' class path. */
  static Path file(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
  }
}
