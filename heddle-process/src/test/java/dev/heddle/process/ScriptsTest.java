package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.Bounded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pool in programs whose classes no worker has: a jshell session, and programs that are run from their source. */
@Bounded(seconds = 180)
class ScriptsTest {
  @TempDir
  Path folder;

  private String run(String tool, List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
    command.addAll(arguments);
    Path output = folder.resolve("output");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    process.getOutputStream().close();
    try {
      assertThat(process.waitFor(150, TimeUnit.SECONDS)).as("%s ended: %s", tool, Files.readString(output)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output);
  }

  private static String classPath() {
    return String.join(
        System.getProperty("path.separator"),
        Arrays.stream(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
            .filter(each -> each.contains("heddle"))
            .toList());
  }

  @Test
  void jshell() throws Exception {
    Path script = folder.resolve("session.jsh");
    Files.writeString(
        script,
        """
            import dev.heddle.process.*;
            var pool = ProcessPool.of(2);
            int x = 45;
            long upTo(long n) { return java.util.stream.LongStream.rangeClosed(0, n).sum(); }
            System.out.println("variable " + pool.submit(() -> x).result());
            System.out.println("map " + pool.map(n -> upTo(n), java.util.List.of(10L, 100L)).toList());
            x = 46;
            long upTo(long n) { return -n * x; }
            System.out.println("again " + pool.map(n -> upTo(n), java.util.List.of(10L, 100L)).toList());
            record Point(int a, int b) {}
            System.out.println("record " + pool.submit(() -> new Point(x, 2).toString()).result());
            System.out.println("refused " + pool.submit(() -> x++).exception().getMessage());
            try { pool.submit(() -> pool.hashCode()).result(); }
            catch (Exception e) { System.out.println("pool " + e.getMessage()); }
            var crash = pool.submit(() -> { System.exit(3); return 1; }).exception();
            System.out.println("crash " + crash.getClass().getSimpleName());
            System.out.println("after " + pool.submit(() -> x + 1).result());
            pool.close();
            /exit
            """);
    String output = run("jshell", List.of("--class-path", classPath(), script.toString()));
    assertThat(output.lines())
        .contains(
            "variable 45",
            "map [55, 5050]",
            "again [-460, -4600]",
            "record Point[a=46, b=2]",
            "crash WorkerCrashedException",
            "after 47")
        .anyMatch(line -> line.startsWith("refused the task assigns the jshell variable 'x'"))
        .anyMatch(line -> line.contains("the jshell variable 'pool'"));
  }

  @Test
  void sourceFile() throws Exception {
    Path source = folder.resolve("Foo.java");
    Files.writeString(
        source,
        """
            import dev.heddle.process.*;
            import java.util.List;

            public class Foo {
              record P(int a) implements java.io.Serializable {}

              static int twice(int n) {
                return Helper.times(n, 2);
              }

              public static void main(String[] args) {
                try (var pool = ProcessPool.of(1)) {
                  System.out.println("one " + pool.submit(() -> new P(twice(21))).result());
                  System.out.println("map " + pool.map(Foo::twice, List.of(1, 2, 3)).toList());
                  Throwable failure = pool.submit(() -> { throw new Oops(); }).exception();
                  boolean remote = failure.getCause() instanceof RemoteStackTrace;
                  System.out.println("failure " + (failure instanceof Oops) + " " + remote);
                }
              }
            }

            class Helper {
              static int times(int a, int b) {
                return a * b;
              }
            }

            class Oops extends RuntimeException {}
            """);
    String output = run("java", List.of("-cp", classPath(), source.toString()));
    assertThat(output.lines()).contains("one P[a=42]", "map [2, 4, 6]", "failure true true");
  }

  @Test
  void compactSourceFile() throws Exception {
    Path source = folder.resolve("compact.java");
    Files.writeString(
        source,
        """
            import dev.heddle.process.*;

            int field = 7;

            static int next(int n) {
              return n + 1;
            }

            void main() {
              try (var pool = ProcessPool.of(1)) {
                int k = 41;
                IO.println("static " + pool.submit(() -> next(k)).result());
                try {
                  pool.submit(() -> field + k).result();
                } catch (Exception e) {
                  IO.println("field " + e.getMessage());
                }
              }
            }
            """);
    String output = run("java", List.of("-cp", classPath(), source.toString()));
    assertThat(output.lines())
        .contains("static 42")
        .anyMatch(line -> line.startsWith("field ") && line.contains("captured this (compact)") && line.contains("static"));
  }
}
