package dev.heddle.process.deploy;

import static dev.heddle.process.deploy.Packed.assertSame;
import static dev.heddle.process.deploy.Packed.java;
import static dev.heddle.process.deploy.Packed.path;
import static dev.heddle.process.deploy.Packed.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.Bounded;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs whose classes other class loaders have than the JVM's own: servers, plug-ins, build tools, development environments. */
@Bounded(seconds = 180)
class ClassLoadersTest {
  private static final List<Path> PROGRAM = List.of(Packed.WORDS, Packed.MORE, Packed.SHOP);

  private static String launched(String kind, List<Path> jars, Path... classPath) throws Exception {
    List<Path> own = Stream.concat(Stream.of(Packed.LAUNCH), Stream.of(classPath)).toList();
    return run(java(Stream.concat(Stream.of("-cp", path(own), "launch.Launch", kind), jars.stream()).toArray()));
  }

  /** As Gradle's workers, IntelliJ's wrapper for long class paths, and Maven's exec:java do. */
  @Test
  void parentFirst_withHeddleInside() throws Exception {
    assertSame(launched("parent-first", Packed.all()));
  }

  /** A web application that brings its libraries, in a server whose class path has other versions of them. */
  @Test
  void childFirst_withHeddleInside_amongOtherVersions() throws Exception {
    assertSame(launched("child-first", Packed.all(), Packed.OLD));
  }

  /** The worker's class path must not begin with the jar's other classes. */
  @Test
  void childFirst_uberJar_amongOtherVersions() throws Exception {
    Path jar = ClassPathTest.uber(Packed.newFolder("uber-plug-in").resolve("uber.jar"));
    assertSame(launched("child-first", List.of(jar), Packed.OLD));
  }

  /** A worker gets the classes without their signatures, which the JVM wants to be the same throughout a package. */
  @Test
  void childFirst_signedJars(@TempDir Path folder) throws Exception {
    List<Path> signed = Packed.signed(folder, PROGRAM.toArray(Path[]::new));
    assertSame(launched("child-first", signed, Packed.HEDDLE.toArray(Path[]::new)));
  }

  /** A plug-in of a program that uses Heddle, with its own version of a library. */
  @Test
  void childFirst_withHeddleOutside_amongOtherVersions() throws Exception {
    assertSame(launched("child-first", PROGRAM, Packed.with(Packed.HEDDLE, Packed.OLD).toArray(Path[]::new)));
  }

  @Test
  void streamsOnly_findsClassesAndStreams() throws Exception {
    assertThat(launched("streams-only", PROGRAM, Packed.HEDDLE.toArray(Path[]::new)))
        .contains("same answer: Answer[number=42, word=first]", "same resource: good morning", "same missing: null",
            "map [2, 4, 6]", "\ndone");
  }

  @Test
  void opaque_isAnErrorThatNamesTheLoader() throws Exception {
    assertThat(launched("opaque", PROGRAM, Packed.HEDDLE.toArray(Path[]::new)))
        .contains(
            "shop.App (the worker lacks it, and its class loader in the program, a launch.Launch$Opaque, does not give out its"
                + " class file",
            "let the loader's getResourceAsStream return class files");
  }
}
