package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.base.Check;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bodies are compiled wherever Java code may stand: in jshell, in a source file that is run, in a named module. */
@Timeout(120)
class GeneratorHostingTest {
  private static final String PROGRAM = """
      %s
      import dev.heddle.iter.*;
      import java.util.*;
      public class Main {
        private static int hidden = 40;
        private record Pair(int a, String b) {}
        private static String secret(Object o) { return "<" + o + ">"; }
        static GeneratorBody<String> body(int start) {
          return y -> {
            for (int i = start; i < start + 2; i++) {
              y.yield(secret(new Pair(i, "p" + hidden++)));
            }
            y.yieldFrom(Generator.%s of(%s z -> z.yield(secret(hidden))));
          };
        }
        public static void main(String[] args) {
          System.out.println(Generator.engineOf(body(1)).kind());
          System.out.println(Generator.of(%s body(1)).toList());
        }
      }
      """;

  private static final String EXPECTED = "[<Pair[a=1, b=p40]>, <Pair[a=2, b=p41]>, <42>]";

  @TempDir
  @Nullable
  Path directory;

  private Path file(String name) {
    if (directory == null) {
      throw new IllegalStateException("JUnit fills in the directory");
    }
    return directory.resolve(name);
  }

  private static String location(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString())).toString();
  }

  /** The module with all that it needs, as a class path or a module path. */
  private static String heddle() {
    return location(Generator.class) + File.pathSeparator + location(Check.class);
  }

  /** Returns what a JVM with the given arguments prints. */
  private String java(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(List.of(arguments));
    Path output = file("output.txt");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("ended in time").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output);
  }

  @Test
  void sourceLauncher_compilesBodies() throws Exception {
    Path source = file("Main.java");
    Files.writeString(source, PROGRAM.formatted("", "<String>", "", ""));
    assertThat(java("-cp", heddle(), source.toString()).lines()).containsExactly("COMPILED", EXPECTED);
  }

  @Test
  void compilingSwitchedOff_runsTheProgramsOwnCode() throws Exception {
    Path source = file("Main.java");
    Files.writeString(source, PROGRAM.formatted("", "<String>", "", ""));
    assertThat(java("-Ddev.heddle.iter.compile=false", "-cp", heddle(), source.toString()).lines())
        .containsExactly("VIRTUAL_THREAD", EXPECTED);
  }

  @Test
  void namedModule_withoutALookup_fallsBackAndWithOneCompiles() throws Exception {
    String closed = runModule(PROGRAM.formatted("package app;", "<String>", "", ""));
    assertThat(closed.lines()).containsExactly("VIRTUAL_THREAD", EXPECTED);
    String given = "java.lang.invoke.MethodHandles.lookup(),";
    String program = PROGRAM.formatted("package app;", "<String>", given, given)
        .replace("public static void main(String[] args) {", "public static void main(String[] args) {"
            + " System.out.println(Generator.engineOf(body(1)).reason());"
            + " Generator.of(" + given + " body(1));");
    List<String> lines = runModule(program).lines().toList();
    assertThat(lines.getFirst()).contains("app").contains("not open").contains("MethodHandles.lookup()");
    assertThat(lines.subList(1, 3)).containsExactly("COMPILED", EXPECTED);
  }

  private String runModule(String program) throws Exception {
    Path sources = file("src");
    Files.createDirectories(sources.resolve("app"));
    Files.writeString(sources.resolve("module-info.java"), "module app { requires dev.heddle.iter; }");
    Files.writeString(sources.resolve("app/Main.java"), program);
    Path classes = file("classes");
    String modules = heddle() + File.pathSeparator + location(Nullable.class);
    int status = ToolProvider.findFirst("javac").orElseThrow()
        .run(
            System.out, System.err, "-d", classes.toString(), "-p", modules,
            sources.resolve("module-info.java").toString(), sources.resolve("app/Main.java").toString());
    assertThat(status).isZero();
    return java("-p", classes + File.pathSeparator + modules, "-m", "app/app.Main");
  }

  @Test
  void openNamedModule_compilesWithoutALookup() throws Exception {
    Path sources = file("src");
    Files.createDirectories(sources);
    String program = PROGRAM.formatted("package app;", "<String>", "", "");
    runModule(program);
    String modules = file("classes") + File.pathSeparator + heddle();
    String open = java("--add-opens", "app/app=dev.heddle.iter", "-p", modules, "-m", "app/app.Main");
    assertThat(open.lines()).containsExactly("COMPILED", EXPECTED);
  }

  @Test
  void jshell_compilesBodies() {
    try (JShell shell = JShell.create()) {
      shell.addToClasspath(heddle());
      run(shell, "import dev.heddle.iter.*;");
      run(shell, "private record Pair(int a, String b) {}");
      run(shell, "int hidden = 40;");
      run(shell, "String secret(Object o) { return \"<\" + o + \">\"; }");
      run(
          shell,
          "GeneratorBody<String> body = y -> { for (int i = 1; i < 3; i++) { y.yield(secret(new Pair(i, \"p\" + hidden++))); }"
              + " y.yieldFrom(Generator.<String>of(z -> z.yield(secret(hidden)))); };");
      assertThat(run(shell, "Generator.engineOf(body).toString()")).startsWith("\"COMPILED");
      assertThat(run(shell, "Generator.of(body).toList().toString()")).isEqualTo('"' + EXPECTED + '"');
    }
  }

  private static String run(JShell shell, String snippet) {
    String value = "";
    for (SnippetEvent event : shell.eval(snippet)) {
      assertThat(event.exception()).isNull();
      assertThat(shell.diagnostics(event.snippet()).map(d -> d.getMessage(null))).isEmpty();
      value = String.valueOf(event.value());
    }
    return value;
  }
}
