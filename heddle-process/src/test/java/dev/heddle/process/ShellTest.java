package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.process.launch.OwnClasses;
import dev.heddle.testkit.Bounded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the pool works where the worker's class path does not have the task: in jshell and in single-file programs. */
@Bounded(seconds = 180)
class ShellTest {
  private static final String SUMS = """
      long upTo(long n) { long sum = 0; for (long i = 1; i <= n; i++) sum += i; return sum; }
      record Sum(long n, long sum) implements java.io.Serializable {}
      """;

  @Test
  void jshell_mapsItsOwnMethods(@TempDir Path folder) throws Exception {
    String script = """
        import dev.heddle.futures.*
        import dev.heddle.process.*
        """
        + SUMS
        + """
            var pool = ProcessPool.of(2)
            System.out.println("sums " + pool.map(n -> upTo(n), List.of(100_000L, 1_000_000L)).toList())
            System.out.println(pool.submit(() -> new Sum(3, upTo(3))).result())
            int factor = 45
            System.out.println("times " + pool.submit(() -> factor * 2).result())
            factor = 50
            System.out.println("times " + pool.submit(() -> factor * 2).result())
            record Part(int n) implements java.io.Serializable { public Part { if (n > factor) throw new Error("too large"); } }
            var part = new Part(49)
            System.out.println(pool.submit(() -> part).result())
            pool.close()
            /exit
            """;
    String said = run(folder, script, "jshell", "--class-path", ownClasses(), "-s", "-");
    assertThat(said)
        .contains("sums [5000050000, 500000500000]")
        .contains("Sum[n=3, sum=6]")
        .contains("times 90")
        .contains("times 100")
        .contains("Part[n=49]");
  }

  @Test
  void singleFileProgram_runsItsOwnClassesInWorkers(@TempDir Path folder) throws Exception {
    Path program = folder.resolve("Sums.java");
    Files.writeString(
        program,
        """
            import dev.heddle.futures.*;
            import dev.heddle.process.*;
            import java.util.List;

            public class Sums {
              static %s
              public static void main(String[] args) {
                try (ProcessExecutor pool = ProcessPool.of(2)) {
                  System.out.println("sums " + pool.map(Sums::upTo, List.of(10L, 100L)).toList());
                  System.out.println(pool.submit(() -> new Sum(3, upTo(3))).result());
                }
              }
            }
            """
            .formatted(SUMS));
    String said = run(folder, "", "java", "-cp", ownClasses(), program.toString());
    assertThat(said).contains("sums [55, 5050]").contains("Sum[n=3, sum=6]");
  }

  private static String ownClasses() {
    return String.join(java.io.File.pathSeparator, OwnClasses.places());
  }

  private static String run(Path folder, String input, String tool, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
    command.addAll(List.of(arguments));
    Path said = folder.resolve("said");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    process.waitFor();
    return Files.readString(said);
  }
}
