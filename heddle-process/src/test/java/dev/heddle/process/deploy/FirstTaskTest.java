package dev.heddle.process.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.Bounded;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * That what delays a program's first task stays away. Each call site of these kinds that is run for the first time costs 0.5 to 6 ms,
 * and each class that a worker's AOT cache lacks some tenths of one; neither fails a test of its own.
 */
@Bounded(seconds = 240)
class FirstTaskTest {
  private static final String PROGRAM = """
      import dev.heddle.process.*;
      import java.nio.file.*;
      public class First {
        public static void main(String[] args) throws Exception {
          Path cache = Path.of(args[0]);
          String log = args[1]; // no strings are joined in here
          var options = ProcessOptions.defaults().withJvm(jvm -> jvm.withCache(cache).withOptions(log)).withSpares(1)
              .withIdleTimeout(java.time.Duration.ofMinutes(10));
          try (var pool = ProcessPool.of(1, options)) {
            while (args.length > 2 && !isMade(cache)) {
              Thread.sleep(50);
            }
            while (pool.workers().stream().noneMatch(each -> each.state() == WorkerStats.State.SPARE)) {
              Thread.sleep(1);
            }
            int number = args.length;
            System.out.println(pool.submit(() -> number * 21).result());
          }
        }
        private static boolean isMade(Path cache) throws Exception {
          try (var files = Files.list(cache)) {
            return files.anyMatch(each -> each.toString().endsWith(".aot"));
          } catch (NoSuchFileException e) {
            return false;
          }
        }
      }
      """;

  @TempDir
  private Path folder;

  private String run(String... arguments) throws Exception {
    List<String> command = Stream.concat(
        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xlog:class+load:file=" + folder.resolve("program.txt"), "-cp",
            Stream.concat(Packed.HEDDLE.stream(), Stream.of(folder.resolve("classes"))).map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator)),
            "First", folder.resolve("cache").toString(), "-Xlog:class+load:file=" + folder.resolve("worker-%p.txt")),
        Stream.of(arguments)).toList();
    Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var lines = program.inputReader()) {
      return String.join("\n", lines.readAllLines());
    } finally {
      program.destroyForcibly();
    }
  }

  @Test
  void firstTask_passesNoSlowCallSite_andNeedsNothingThatTheCacheLacks() throws Exception {
    Path source = Files.writeString(folder.resolve("First.java"), PROGRAM);
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-cp", System.getProperty("java.class.path"), "-d",
        folder.resolve("classes").toString(), source.toString())).isZero();
    assertThat(run("until there is a cache")).isEqualTo("63");
    try (Stream<Path> logs = Files.list(folder)) {
      logs.filter(each -> each.getFileName().toString().startsWith("worker-")).forEach(each -> each.toFile().delete());
    }

    assertThat(run()).isEqualTo("42");

    assertThat(Files.readAllLines(folder.resolve("program.txt")).stream()
        .filter(each -> each.contains("String$$StringConcat/") || each.contains(" java.lang.runtime.ObjectMethods ")
            || (each.contains("dev.heddle.") && each.contains("$$TypeSwitch/"))))
        .as("joined strings, records' methods and switches over types").isEmpty();
    List<Path> workers;
    try (Stream<Path> logs = Files.list(folder)) {
      workers = logs.filter(each -> each.getFileName().toString().startsWith("worker-")).toList();
    }
    assertThat(workers).isNotEmpty();
    for (Path each : workers) {
      assertThat(Files.readAllLines(each).stream()
          .filter(
              line -> (line.contains(" dev.heddle.") && !line.contains("$$Lambda") && !line.contains("shared objects file"))
                  || line.contains("String$$StringConcat/")))
          .as("what a worker loads beside the cache").isEmpty();
    }
  }
}
