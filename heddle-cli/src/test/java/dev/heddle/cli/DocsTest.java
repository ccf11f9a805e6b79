package dev.heddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The programs in the documents run as they stand, and print what stands below them. */
@Timeout(300)
final class DocsTest {
  private static final Pattern PROGRAM = Pattern.compile("```java\\n(import [^`]*)```\\n+```text\\n(.*?)```",
      Pattern.DOTALL);

  @TempDir
  private Path temp;

  @TestFactory
  Stream<DynamicTest> programs_inDocuments_printWhatIsSaid() {
    return Stream.of("README.md", "docs/tutorial.md", "docs/guide-itertools.md", "docs/from-python.md", "docs/from-java.md",
        "docs/from-coroutines.md", "docs/choosing.md", "docs/testing.md")
        .flatMap(this::tests);
  }

  private Stream<DynamicTest> tests(String document) {
    try {
      String text = Files.readString(Path.of("..").resolve(document));
      var programs = PROGRAM.matcher(text).results().toList();
      assertThat(programs).as("programs in " + document).isNotEmpty();
      return programs.stream()
          .map(
              program -> {
                long line = text.substring(0, program.start()).lines().count();
                return DynamicTest.dynamicTest(
                    document + ":" + line,
                    () -> assertThat(output(program.group(1)).strip()).isEqualTo(program.group(2).strip()));
              });
    } catch (IOException unreadable) {
      throw new AssertionError("cannot read " + document, unreadable);
    }
  }

  /** Runs a source file in a JVM of its own, as a reader would. */
  private String output(String program) throws Exception {
    Path source = Files.writeString(temp.resolve("Hello.java"), program);
    Path printed = temp.resolve("printed");
    Process java = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--sun-misc-unsafe-memory-access=allow", "--class-path", System.getProperty("java.class.path"), source.toString())
        .directory(temp.toFile()) // some write a file
        .redirectErrorStream(true)
        .redirectOutput(printed.toFile())
        .start();
    try {
      assertThat(java.waitFor(60, TimeUnit.SECONDS)).as("the program ends").isTrue();
      return Files.readString(printed);
    } finally {
      java.destroyForcibly();
    }
  }
}
