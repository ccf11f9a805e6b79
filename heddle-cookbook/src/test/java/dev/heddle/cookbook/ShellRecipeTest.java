package dev.heddle.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Row A21 where Python's pool breaks: in an interactive session, by the recipe's own code and as the notes have it. */
@Timeout(240)
final class ShellRecipeTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/heddle/cookbook");
  private static final String THE_NOTES = """
      long sumGenerator(long n) { return java.util.stream.LongStream.rangeClosed(1, n).sum(); }
      List<Long> WORK_LIST = List.of(100000L, 1000000L, 10000000L, 10000000L)
      var excutor = ProcessPool.of(Math.min(2, WORK_LIST.size()))
      var result = excutor.map(n -> sumGenerator(n), WORK_LIST)
      System.out.println("The notes' Result -> " + result.toList())
      excutor.close()
      """;

  @TempDir
  private Path folder;

  @Test
  void a21_inJshell_isWhatTheRecipeSays() throws Exception {
    List<String> expected = results(Output.of(new A21SumsByProcesses()).text());
    assertThat(expected)
        .hasSize(2)
        .containsOnly("Result -> [5000050000, 500000500000, 50000005000000, 50000005000000]");

    String recipe = source("A21SumsByProcesses");
    String script = String.join(
        "\n",
        imports(recipe),
        snippet("Sums"),
        snippet("Stopwatch"),
        "class A20SumsByMap {",
        source("A20SumsByMap").lines().filter(line -> line.contains(" WORK_LIST = ")).collect(Collectors.joining()),
        "}",
        "PrintStream out = System.out",
        bodyOfRun(recipe),
        THE_NOTES,
        "/exit",
        "");
    String said = jshell(script);

    assertThat(results(said)).as("%s%nwhich was said to%n%s", said, script).isEqualTo(expected);
    assertThat(said).contains("The notes' " + expected.getFirst());
  }

  private static List<String> results(String output) {
    return output.lines().filter(line -> line.startsWith("Result -> ")).toList();
  }

  private static String source(String name) throws Exception {
    return Files.readString(SOURCES.resolve(name + ".java"));
  }

  private static String imports(String source) {
    return source.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
  }

  /** A class as it can be typed: of no package. */
  private static String snippet(String name) throws Exception {
    return source(name).replaceFirst("package .*;", "").strip();
  }

  /** What stands between the braces of {@code run}, the last method. */
  private static String bodyOfRun(String source) {
    String rest = source.substring(source.indexOf('{', source.indexOf("public void run")) + 1);
    return rest.substring(0, rest.lastIndexOf('}', rest.lastIndexOf('}') - 1));
  }

  /** What an interactive session prints that knows Heddle, and nothing of the cookbook. */
  private String jshell(String script) throws Exception {
    Path said = folder.resolve("said");
    Path typed = Files.writeString(folder.resolve("typed"), script, StandardCharsets.UTF_8);
    Process jshell = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "jshell").toString(), "--class-path", heddle(), "-s", "-")
        .redirectInput(typed.toFile())
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start();
    try {
      assertThat(jshell.waitFor(200, TimeUnit.SECONDS)).as("the session ends; it said %s", Files.readString(said)).isTrue();
      return Files.readString(said);
    } finally {
      jshell.descendants().forEach(ProcessHandle::destroyForcibly);
      jshell.destroyForcibly();
    }
  }

  /** The class path and the module path of this test: Heddle with all modules that it needs. */
  private static String heddle() {
    return Stream.of("java.class.path", "jdk.module.path")
        .map(name -> System.getProperty(name, ""))
        .filter(path -> !path.isEmpty())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
